import { OccurredAt, OptionalChoice, OptionalNote, toInstant } from '#platform/http/request-values.js';
import { valueOf } from '../../request-values.js';
import type { AnnulStageInput } from './annul-stage.js';

export class AnnulStageRequest {
  @OptionalNote({ example: 'Clicked the wrong lead.' })
  reason?: string | null;

  @OptionalChoice(['mql', 'sal', 'sql'], {
    example: 'mql',
    description:
      'Which stage is meant; refused when another one was recorded last. Needed to take back several, one by one.',
  })
  stage?: 'mql' | 'sal' | 'sql' | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const annulStageInputOf = (request: AnnulStageRequest): AnnulStageInput => ({
  reason: valueOf(request.reason),
  stage: request.stage ?? undefined,
  occurredAt: toInstant(request.occurredAt),
});
