import { OptionalAmount, optionalMoney } from '#platform/http/money-fields.js';
import { Text, toInstant, type MoneyRequest } from '#platform/http/request-values.js';
import { PayeeRequest } from '../statement-key.request.js';
import type { WriteOffDebt } from './write-off-debt.js';

export class WriteOffDebtRequest extends PayeeRequest {
  @OptionalAmount({ description: "In the organisation's currency; default all that is owed." })
  amount?: MoneyRequest | null;

  @Text(4000, { example: 'Moved abroad.', description: 'Stored encrypted.' })
  reason!: string;
}

export const writeOffDebtInputOf = ({ amount, reason, occurredAt }: WriteOffDebtRequest): WriteOffDebt => ({
  amount: optionalMoney(amount) ?? undefined,
  reason,
  occurredAt: toInstant(occurredAt),
});
