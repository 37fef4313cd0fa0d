import { DomainError } from '#kernel/errors.js';
import { assertTeam, occurredAtOf, type Asked, type Said } from '../../asked.js';
import type { ChannelRulesState } from '../../channel-rules.js';
import type { ChannelRulesEvent } from '../../events/channel-rules-events.js';

export interface ApplyChannelRules extends Said {
  /** null: as it was recorded. */
  readonly version: number | null;
}

/** ApplyChannelRules: figures show the past under this version; they are rebuilt for it. Throws `CHANNELS.NO_SUCH_VERSION` (404). */
export function applyChannelRules(asked: Asked<ApplyChannelRules>, state: ChannelRulesState): ChannelRulesEvent[] {
  assertTeam(asked.actor, 'ApplyChannelRules');
  const occurredAt = occurredAtOf(asked);
  const { version } = asked.input;
  if (version !== null && state.versions.every((one) => one.version !== version)) {
    const known = state.versions.map((one) => one.version).join(', ');
    throw new DomainError(
      'not-found',
      'CHANNELS.NO_SUCH_VERSION',
      `there are no channel rules ${version}, only ${known}`,
    );
  }
  if (state.applied === version) return [];
  return [{ type: 'definition.channel-rules-applied', occurredAt, leadId: null, pass: null, data: { version } }];
}
