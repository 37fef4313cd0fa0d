import { Text, toInstant } from '#platform/http/request-values.js';
import { StatementKeyRequest } from '../statement-key.request.js';
import type { RaiseDispute } from './raise-dispute.js';

export class RaiseDisputeRequest extends StatementKeyRequest {
  @Text(4000, { example: 'The webinar was mine.', description: 'Stored encrypted.' })
  reason!: string;
}

export const raiseDisputeInputOf = (disputeId: string, { reason, occurredAt }: RaiseDisputeRequest): RaiseDispute => ({
  disputeId,
  reason,
  occurredAt: toInstant(occurredAt),
});
