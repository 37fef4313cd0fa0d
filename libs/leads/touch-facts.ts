import type { CommandContext } from '#event-store/command-context.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import type { Dated } from './asked.js';
import type { LeadTouchedData, Origin } from './events/lead-events.js';
import type { LeadsDeps } from './leads-deps.js';

/** A touch as a command brings it; left out: the id derives from the command, the member is the actor. */
export interface TouchInput
  extends Dated, Omit<LeadTouchedData, 'touchId' | 'member' | 'team' | 'channelRule' | 'assumed'> {
  readonly touchId?: string;
  /** A handle or an alias; null says that no member touched. */
  readonly member?: string | null;
}

/** A touch with its id, its member by handle and the team that they were in at that moment. */
export interface TouchFacts extends Dated, Omit<LeadTouchedData, 'assumed'> {}

/** `name` tells several touches of one command apart: the id derives from it. */
export async function touchFacts(
  { roster, channels }: Pick<LeadsDeps, 'roster' | 'channels'>,
  context: CommandContext,
  input: TouchInput,
  name = 'touch',
): Promise<TouchFacts> {
  const { actor } = context;
  const member =
    input.member === undefined ? actor.id : input.member === null ? null : await roster.resolve(input.member);
  const at = input.occurredAt ?? context.now;
  const known = member === null ? null : await roster.teamAt(member, at);
  return {
    ...input,
    ...(await channelOf(channels, input)),
    touchId: input.touchId ?? uuidv5(context.commandId, name),
    member,
    team: known ?? (member === actor.id ? actor.team : null),
  };
}

/** Where something came from, with the channel that is given or, without one, chosen by the rules in force. */
export async function channelOf(
  channels: LeadsDeps['channels'],
  { channel, ...raw }: Pick<Origin, 'channel' | 'source' | 'medium' | 'campaign'>,
): Promise<{ readonly channel: string | null; readonly channelRule: string | null }> {
  const chosen = channel === null && channels !== undefined ? await channels.choose(raw) : null;
  return chosen === null ? { channel, channelRule: null } : { channel: chosen.channel, channelRule: chosen.rule };
}

/** Names of a new thing of this command: never random. */
export const leadIdOf = (context: CommandContext): Uuid => uuidv5(context.commandId, 'lead');
