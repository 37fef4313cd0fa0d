import { Code, OccurredAt, OptionalNote, toInstant } from '#platform/http/request-values.js';
import { REASON_TEXT, valueOf } from '../../request-values.js';
import type { RejectLeadInput } from './reject-lead.js';

export class RejectLeadRequest {
  @Code({ example: 'no-budget', description: REASON_TEXT('reject') })
  reason!: string;

  @OptionalNote()
  note?: string | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const rejectLeadInputOf = (request: RejectLeadRequest): RejectLeadInput => ({
  reason: request.reason,
  note: valueOf(request.note),
  occurredAt: toInstant(request.occurredAt),
});
