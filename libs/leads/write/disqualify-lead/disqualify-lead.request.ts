import { Code, OccurredAt, OptionalNote, toInstant } from '#platform/http/request-values.js';
import { REASON_TEXT, valueOf } from '../../request-values.js';
import type { DisqualifyLeadInput } from './disqualify-lead.js';

export class DisqualifyLeadRequest {
  @Code({ example: 'student-or-applicant', description: REASON_TEXT('disqualify') })
  reason!: string;

  @OptionalNote()
  note?: string | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const disqualifyLeadInputOf = (request: DisqualifyLeadRequest): DisqualifyLeadInput => ({
  reason: request.reason,
  note: valueOf(request.note),
  occurredAt: toInstant(request.occurredAt),
});
