import { toInstant } from '#platform/http/request-values.js';
import type { Dated } from '../../asked.js';
import { StatementKeyRequest } from '../statement-key.request.js';

export class DraftStatementRequest extends StatementKeyRequest {}

export const draftStatementInputOf = ({ occurredAt }: DraftStatementRequest): Dated => ({
  occurredAt: toInstant(occurredAt),
});
