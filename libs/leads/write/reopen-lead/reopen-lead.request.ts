import { Choice, OccurredAt, OptionalNote, toInstant } from '#platform/http/request-values.js';
import { valueOf } from '../../request-values.js';
import type { ReopenLeadInput } from './reopen-lead.js';

export class ReopenLeadRequest {
  @Choice(['correction', 'new-pass'], {
    example: 'new-pass',
    description: 'correction: the exit was an error, the lead has its stage again; new-pass: it begins anew.',
  })
  mode!: 'correction' | 'new-pass';

  @OptionalNote()
  note?: string | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const reopenLeadInputOf = (request: ReopenLeadRequest): ReopenLeadInput => ({
  mode: request.mode,
  note: valueOf(request.note),
  occurredAt: toInstant(request.occurredAt),
});
