import { OptionalDay, OptionalText, toInstant } from '#platform/http/request-values.js';
import { StatementKeyRequest } from '../statement-key.request.js';
import type { PayStatement } from './pay-statement.js';

export class PayStatementRequest extends StatementKeyRequest {
  @OptionalDay({ example: '2026-04-15', description: 'The day of the payout; default today.' })
  on?: string | null;

  @OptionalText(200, { example: 'SEPA 2026-04-15', description: 'What the bank calls it; no personal data.' })
  reference?: string | null;
}

export const payStatementInputOf = ({ on, reference, occurredAt }: PayStatementRequest): PayStatement => ({
  on: on ?? undefined,
  reference: reference ?? null,
  occurredAt: toInstant(occurredAt),
});
