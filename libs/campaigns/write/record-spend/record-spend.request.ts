import { OptionalUuid } from '#platform/http/request-values.js';
import { Day } from '../campaign-fields.js';
import { SpendValuesRequest, spendValuesOf } from '../spend-fields.js';
import type { RecordSpendInput } from './record-spend.command.js';

export class RecordSpendRequest extends SpendValuesRequest {
  @OptionalUuid({ description: 'The same spendId again is the same spend; default: derived from the command.' })
  spendId?: string | null;

  @Day({ description: 'The day on which it counts.' })
  day!: string;
}

export const toRecordSpend = (request: RecordSpendRequest): RecordSpendInput => ({
  ...spendValuesOf(request),
  spendId: request.spendId?.toLowerCase(),
  day: request.day,
});
