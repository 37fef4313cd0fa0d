import { Code, OccurredAt, OptionalDay, OptionalNote, toInstant } from '#platform/http/request-values.js';
import { REASON_TEXT, valueOf } from '../../request-values.js';
import type { RecycleLeadInput } from './recycle-lead.js';

export class RecycleLeadRequest {
  @Code({ example: 'bad-timing', description: REASON_TEXT('recycle') })
  reason!: string;

  @OptionalNote()
  note?: string | null;

  @OptionalDay({ description: 'Nobody should work it before this day.' })
  until?: string | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const recycleLeadInputOf = (request: RecycleLeadRequest): RecycleLeadInput => ({
  reason: request.reason,
  note: valueOf(request.note),
  until: request.until ?? null,
  occurredAt: toInstant(request.occurredAt),
});
