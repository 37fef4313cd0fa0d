import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { EventStore } from '#event-store/event-store.js';
import { runDecider } from '#event-store/run-decider.js';
import type { Instant } from '#kernel/time.js';
import { actorAt, type Roster } from '#platform/roster.js';
import type { Asked, Dated } from '../asked.js';
import { feedbackStream, type FeedbackEvent } from '../events/feedback-events.js';
import { guidelineStream, type GuidelineEvent } from '../events/guideline-events.js';
import { evolveFeedback, initialFeedback, type FeedbackState } from '../feedback.js';
import { evolveGuideline, initialGuideline, type GuidelineState } from '../guideline.js';

/** What the commands of this context need from outside. */
export interface FeedbackDeps {
  readonly store: EventStore;
  readonly roster: Roster;
}

/** Nest injection token. */
export const FEEDBACK_DEPS = Symbol('FeedbackDeps');

export async function runFeedbackCommand<Input extends Dated>(
  deps: FeedbackDeps,
  { context, id, input }: { readonly context: CommandContext; readonly id: string; readonly input: Input },
  decide: (asked: Asked<Input>, feedback: FeedbackState) => readonly FeedbackEvent[],
): Promise<Outcome> {
  const { acting, role } = await actingAt(deps.roster, context, input.occurredAt ?? context.now);
  return runDecider<FeedbackState, FeedbackEvent>(deps.store, {
    id,
    stream: feedbackStream(id),
    context: acting,
    initialState: initialFeedback,
    evolve: evolveFeedback,
    decide: (feedback) => decide({ actor: acting.actor, role, now: context.now, input }, feedback),
  });
}

export async function runGuidelineCommand<Input extends Dated>(
  deps: FeedbackDeps,
  { context, name, input }: { readonly context: CommandContext; readonly name: string; readonly input: Input },
  decide: (asked: Asked<Input>, guideline: GuidelineState) => readonly GuidelineEvent[],
): Promise<Outcome> {
  const { acting, role } = await actingAt(deps.roster, context, input.occurredAt ?? context.now);
  return runDecider<GuidelineState, GuidelineEvent>(deps.store, {
    id: name,
    stream: guidelineStream(name),
    context: acting,
    initialState: initialGuideline,
    evolve: evolveGuideline,
    decide: (guideline) => decide({ actor: acting.actor, role, now: context.now, input }, guideline),
  });
}

async function actingAt(
  roster: Roster,
  context: CommandContext,
  at: Instant,
): Promise<{ readonly acting: CommandContext; readonly role: 'member' | 'head' | null }> {
  const actor = await actorAt(roster, context.actor, at);
  return { acting: { ...context, actor }, role: await roster.roleAt(actor.id, at) };
}
