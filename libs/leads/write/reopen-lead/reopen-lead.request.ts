import { Choice, OccurredAt, OptionalChoice, OptionalNote, toInstant } from '#platform/http/request-values.js';
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

  @OptionalChoice(['rejected', 'recycled', 'disqualified'], {
    example: 'disqualified',
    description: 'Which exit is meant; refused when another one stands. Needed to take back two, one by one.',
  })
  exit?: 'rejected' | 'recycled' | 'disqualified' | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const reopenLeadInputOf = (request: ReopenLeadRequest): ReopenLeadInput => ({
  mode: request.mode,
  note: valueOf(request.note),
  exit: request.exit ?? undefined,
  occurredAt: toInstant(request.occurredAt),
});
