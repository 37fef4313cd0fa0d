import { isDeepStrictEqual } from 'node:util';
import type { Team } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import { occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { GuidelineEvent } from '../../events/guideline-events.js';
import type { GuidelineState } from '../../guideline.js';

export interface PublishGuideline extends Dated {
  readonly title: string;
  readonly text: string;
  readonly teams: readonly Team[];
}

/** PublishGuideline: the document's next version; the same words again are nothing to do. Throws `GUIDELINE.NOT_ALLOWED` (403: heads publish). */
export function publishGuideline(
  name: string,
  asked: Asked<PublishGuideline>,
  guideline: GuidelineState,
): GuidelineEvent[] {
  if (asked.role === 'member') {
    throw new DomainError('forbidden', 'GUIDELINE.NOT_ALLOWED', 'guidelines are published by the heads of the teams');
  }
  const occurredAt = occurredAtOf(asked);
  const { title, text } = asked.input;
  const teams = [...new Set(asked.input.teams)].sort();
  const before = guideline.versions.at(-1);
  if (
    before !== undefined &&
    before.title === title &&
    before.text === text &&
    isDeepStrictEqual(before.teams, teams)
  ) {
    return [];
  }
  const data = { name, version: (before?.version ?? 0) + 1, title, text, teams };
  return [{ type: 'guideline.published', leadId: null, pass: null, occurredAt, data }];
}
