import { OccurredAt, OptionalNote, toInstant } from '#platform/http/request-values.js';
import { valueOf } from '../../request-values.js';
import type { QualifySqlInput } from './qualify-sql.js';

export class QualifySqlRequest {
  @OptionalNote()
  note?: string | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const qualifySqlInputOf = (request: QualifySqlRequest): QualifySqlInput => ({
  note: valueOf(request.note),
  occurredAt: toInstant(request.occurredAt),
});
