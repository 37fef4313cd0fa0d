import { OccurredAt, toInstant } from '#platform/http/request-values.js';
import type { LeaveMember } from './leave-member.js';

export class LeaveMemberRequest {
  @OccurredAt()
  occurredAt?: string | null;
}

export const toLeaveMember = (request: LeaveMemberRequest): LeaveMember => ({
  occurredAt: toInstant(request.occurredAt),
});
