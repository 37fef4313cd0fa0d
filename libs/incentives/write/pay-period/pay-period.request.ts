import { OptionalDay, OptionalText } from '#platform/http/request-values.js';
import { PlanPeriodRequest } from '../plan-period.request.js';
import type { PayStatement } from '../pay-statement/pay-statement.js';

export class PayPeriodRequest extends PlanPeriodRequest {
  @OptionalDay({ example: '2026-04-15', description: 'The day of the payout; default today.' })
  on?: string | null;

  @OptionalText(200, { example: 'SEPA 2026-04-15', description: 'What the bank calls it; no personal data.' })
  reference?: string | null;
}

export const payPeriodInputOf = ({ on, reference }: PayPeriodRequest): PayStatement => ({
  on: on ?? undefined,
  reference: reference ?? null,
});
