import { Choice, toInstant } from '#platform/http/request-values.js';
import { SIGNATORIES, type Signatory } from '../../plan/terms.js';
import { ExactVersionRequest } from '../exact-version.request.js';
import type { SignPlan } from './sign-plan.js';

export class SignPlanRequest extends ExactVersionRequest {
  @Choice(SIGNATORIES, { example: 'marketing' })
  as!: Signatory;
}

export const signPlanInputOf = ({ version, hash, as, occurredAt }: SignPlanRequest): SignPlan => ({
  version,
  hash,
  as,
  occurredAt: toInstant(occurredAt),
});
