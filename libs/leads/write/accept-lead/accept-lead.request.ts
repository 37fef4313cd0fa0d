import { OccurredAt, OptionalNote, toInstant } from '#platform/http/request-values.js';
import { valueOf } from '../../request-values.js';
import type { AcceptLeadInput } from './accept-lead.js';

export class AcceptLeadRequest {
  @OptionalNote()
  note?: string | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const acceptLeadInputOf = (request: AcceptLeadRequest): AcceptLeadInput => ({
  note: valueOf(request.note),
  occurredAt: toInstant(request.occurredAt),
});
