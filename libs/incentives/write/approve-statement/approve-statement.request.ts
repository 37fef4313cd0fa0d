import { toInstant } from '#platform/http/request-values.js';
import type { Dated } from '../../asked.js';
import { StatementKeyRequest } from '../statement-key.request.js';

export class ApproveStatementRequest extends StatementKeyRequest {}

export const approveStatementInputOf = ({ occurredAt }: ApproveStatementRequest): Dated => ({
  occurredAt: toInstant(occurredAt),
});
