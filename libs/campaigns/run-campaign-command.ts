import type { CommandContext, Outcome } from '#event-store/command-context.js';
import { runDecider, streamEvent } from '#event-store/run-decider.js';
import { calendarOf } from '#kernel/calendar.js';
import { dayText, parseDay, type Instant } from '#kernel/time.js';
import type { Roster } from '#platform/roster.js';
import type { Asked, Said } from './asked.js';
import { evolveCampaign, initialCampaign, type CampaignState } from './campaign.js';
import type { CampaignsDeps } from './campaigns-deps.js';
import { campaignStream, type CampaignEvent } from './events/campaign-events.js';
import { spendStream, type SpendEvent } from './events/spend-events.js';
import { evolveSpend, initialSpend, type SpendState } from './spend.js';
import type { AskedSpend } from './write/spend-values.js';

export interface CampaignCommand<Input> {
  readonly context: CommandContext;
  readonly campaignId: string;
  readonly input: Input;
}

/** The way of every command on a campaign to its stream; the actor's team is the roster's at the moment it occurred. */
export async function runCampaignCommand<Input extends Said>(
  { store, roster }: CampaignsDeps,
  { context: given, campaignId, input }: CampaignCommand<Input>,
  decide: (asked: Asked<Input>, campaign: CampaignState) => readonly CampaignEvent[],
): Promise<Outcome> {
  const context = await actingAt(roster, given, input.occurredAt ?? given.now);
  return runDecider<CampaignState, CampaignEvent>(store, {
    id: campaignId,
    stream: campaignStream(campaignId),
    context,
    initialState: initialCampaign,
    evolve: evolveCampaign,
    decide: (campaign) => decide({ actor: context.actor, now: context.now, input }, campaign),
  });
}

export interface SpendCommand<Input> {
  readonly context: CommandContext;
  /** Whose spend (`spendAccount`). */
  readonly account: string;
  readonly day: string;
  readonly input: Input;
}

/** The way of every command on spend to the stream of its account and month; the answer's id is the spend's. */
export async function runSpendCommand<Input extends { readonly spendId: string }>(
  { store, roster, organisation }: CampaignsDeps,
  { context: given, account, day, input }: SpendCommand<Input>,
  decide: (asked: AskedSpend<Input>, state: SpendState) => readonly SpendEvent[],
): Promise<Outcome> {
  const days = calendarOf(organisation);
  const context = await actingAt(roster, given, given.now);
  const asked: AskedSpend<Input> = {
    actor: context.actor,
    now: context.now,
    currency: organisation.currency,
    today: dayText(days.dayOf(context.now)),
    startOfDay: days.startOfDay(parseDay(day) ?? 0), // the edge has judged it
    input,
  };
  return runDecider<SpendState, SpendEvent>(store, {
    id: input.spendId,
    stream: spendStream(account, day),
    context,
    initialState: initialSpend,
    evolve: evolveSpend,
    decide: (state) => decide(asked, state),
  });
}

/** The campaign as it stands. */
export async function readCampaign(
  { store }: Pick<CampaignsDeps, 'store'>,
  campaignId: string,
): Promise<CampaignState> {
  const history = await store.readStream(campaignStream(campaignId));
  return history.reduce((state, event) => evolveCampaign(state, streamEvent<CampaignEvent>(event)), initialCampaign);
}

/** Owners by handle, each once. */
export const ownersOf = async (roster: Roster, names: readonly string[]): Promise<readonly string[]> => [
  ...new Set(await Promise.all(names.map((name) => roster.resolve(name)))),
];

export async function actingAt(roster: Roster, context: CommandContext, at: Instant): Promise<CommandContext> {
  const { actor } = context;
  const team = await roster.teamAt(actor.id, at);
  return team === null || team === actor.team ? context : { ...context, actor: { id: actor.id, team } };
}
