import { OccurredAt, toInstant } from '#platform/http/request-values.js';
import { PlanTermsRequest, termsOf } from '../plan-terms.request.js';
import type { DraftPlan } from './draft-plan.js';

export class DraftPlanRequest extends PlanTermsRequest {
  @OccurredAt()
  occurredAt?: string | null;
}

export const draftPlanInputOf = (request: DraftPlanRequest): Pick<DraftPlan, 'terms' | 'occurredAt'> => ({
  terms: termsOf(request),
  occurredAt: toInstant(request.occurredAt),
});
