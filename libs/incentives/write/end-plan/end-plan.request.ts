import { Day, OccurredAt, OptionalNote, toInstant } from '#platform/http/request-values.js';
import type { EndPlan } from './end-plan.js';

export class EndPlanRequest {
  @Day({ example: '2026-12-31', description: 'Last day: today or later.' })
  on!: string;

  @OptionalNote({ example: 'Replaced by the plan of 2027.' })
  reason?: string | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const endPlanInputOf = (request: EndPlanRequest): EndPlan => ({
  on: request.on,
  reason: request.reason ?? null,
  occurredAt: toInstant(request.occurredAt),
});
