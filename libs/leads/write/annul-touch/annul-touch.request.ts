import { OccurredAt, OptionalNote, toInstant } from '#platform/http/request-values.js';
import { uuidOf, valueOf } from '../../request-values.js';
import type { AnnulTouchInput } from './annul-touch.js';

export class AnnulTouchRequest {
  @OptionalNote({ example: 'Logged on the wrong lead.' })
  reason?: string | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const annulTouchInputOf = (touchId: string, request: AnnulTouchRequest): AnnulTouchInput => ({
  touchId: uuidOf(touchId),
  reason: valueOf(request.reason),
  occurredAt: toInstant(request.occurredAt),
});
