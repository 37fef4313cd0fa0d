import { toInstant } from '#platform/http/request-values.js';
import { ExactVersionRequest } from '../exact-version.request.js';
import type { AcceptPlan } from './accept-plan.js';

export class AcceptPlanRequest extends ExactVersionRequest {}

export const acceptPlanInputOf = ({ version, hash, occurredAt }: AcceptPlanRequest): AcceptPlan => ({
  version,
  hash,
  occurredAt: toInstant(occurredAt),
});
