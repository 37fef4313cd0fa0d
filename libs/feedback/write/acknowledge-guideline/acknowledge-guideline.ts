import { DomainError, malformed, refused } from '#kernel/errors.js';
import { occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { GuidelineEvent } from '../../events/guideline-events.js';
import type { GuidelineState } from '../../guideline.js';

export interface AcknowledgeGuideline extends Dated {
  /** The version that was read. */
  readonly version: number;
}

/**
 * AcknowledgeGuideline: the actor has read this version. Throws `GUIDELINE.NOT_FOUND`, `GUIDELINE.NO_SUCH_VERSION` (400),
 * `GUIDELINE.NOT_A_MEMBER` (409: nobody acts), `GUIDELINE.OUTDATED` (409: a later one was published).
 */
export function acknowledgeGuideline(asked: Asked<AcknowledgeGuideline>, guideline: GuidelineState): GuidelineEvent[] {
  const standing = guideline.versions.at(-1);
  if (standing === undefined) throw new DomainError('not-found', 'GUIDELINE.NOT_FOUND', 'there is no such guideline');
  const { version } = asked.input;
  if (!guideline.versions.some((known) => known.version === version)) {
    throw malformed(
      'GUIDELINE.NO_SUCH_VERSION',
      `the guideline has no version ${version}; it is at ${standing.version}`,
    );
  }
  const occurredAt = occurredAtOf(asked);
  const { id: member, team } = asked.actor;
  if (team === 'system') {
    throw refused('GUIDELINE.NOT_A_MEMBER', 'only a member of staff can acknowledge: X-Actor-Id must say who');
  }
  if ((guideline.acknowledged.get(member)?.version ?? 0) >= version) return [];
  if (version < standing.version) {
    throw refused(
      'GUIDELINE.OUTDATED',
      `version ${standing.version} was published since; read and acknowledge that one`,
    );
  }
  return [{ type: 'guideline.acknowledged', leadId: null, pass: null, occurredAt, data: { version, member } }];
}
