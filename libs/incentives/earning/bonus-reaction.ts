import type { RecordedEvent } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import { inParallel } from '#kernel/in-parallel.js';
import type { Position } from '#kernel/position.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import { documentProcessor, type ReachedDocuments } from '#subscriptions/document-projector.js';
import type { Processor } from '#subscriptions/processor.js';
import type { BonusAdjustedData } from '../events/bonus-events.js';
import { ACCOUNT_VIEW, accountFolding, ACCOUNTS_SPEC, accountView, type AccountFolding } from './account-view.js';
import { markingOf, newMarks, NO_MARKS, type Marking, type Marks } from './account-marks.js';
import { evaluateLead, type EvaluateDeps, type Occasion } from './evaluate-lead.js';
import type { AccountHistory } from './fold-account.js';
import { activePlans, activeVersions } from './knowledge.js';

const PAYMENTS: Readonly<Record<string, BonusAdjustedData['because']>> = {
  'deal.payment-received': 'payment',
  'deal.payment-refunded': 'refund',
  'deal.payment-annulled': 'correction',
  'deal.refund-annulled': 'correction',
  'deal.annulled': 'correction',
};
const TOUCHES: Readonly<Record<string, BonusAdjustedData['because']>> = {
  'lead.touched': 'touches',
  'lead.touch-annulled': 'touches',
};

/** Leads that are judged at once. */
const AT_ONCE = 64;
/** Event ids that a cause names; of a flood of touches the last ones. */
const NAMED = 50;

/**
 * Keeps the leads' accounts, and sends EvaluateBonus for those that a page changes something for: a page's leads are judged before it is folded, in
 * their own lane. After a crash the page is read again and finds nothing more to do.
 */
export function bonusReaction(deps: EvaluateDeps, organisation: OrganisationConfiguredData): Processor {
  const folding = accountFolding(organisation);
  const marks = newMarks();
  return documentProcessor(ACCOUNTS_SPEC, [accountView(folding)], {
    reaction: {
      types: Object.keys(TOUCHES),
      react: async (events, documents) => {
        folding.beginPage();
        await react({ ...deps, folding, marks }, events, documents);
      },
    },
  });
}

interface ReactionDeps extends EvaluateDeps {
  readonly folding: AccountFolding;
  readonly marks: Marks;
}

async function react(deps: ReactionDeps, events: readonly RecordedEvent[], documents: ReachedDocuments): Promise<void> {
  const { knowledge } = await deps.rules.current();
  const plans = activePlans(knowledge);
  if (plans.length === 0) return; // a plan that becomes active later sweeps
  const marking = markingOf(plans.map((planId) => activeVersions(knowledge, planId)));
  const byLead = new Map<Uuid, RecordedEvent[]>();
  for (const event of events) {
    if (event.leadId === null || !(event.type in PAYMENTS || event.type in TOUCHES || event.type === 'deal.opened'))
      continue;
    const own = byLead.get(event.leadId);
    if (own === undefined) byLead.set(event.leadId, [event]);
    else own.push(event);
  }
  const reached = await documents(ACCOUNT_VIEW, [...byLead.keys()]);
  const changed = [...byLead].filter(([leadId, own]) => mayChange(deps, marking, leadId, own, reached.get(leadId)));
  await inParallel(changed, AT_ONCE, async ([leadId, own]) => {
    const last = own.at(-1);
    if (last !== undefined) await evaluateLead(deps, leadId, plans, occasionOf(own, last));
  });
}

/** Whether the lead could be judged otherwise after these events than before: most payments reach no threshold, most touches touch no milestone. */
function mayChange(
  { folding, marks }: ReactionDeps,
  marking: Marking,
  leadId: Uuid,
  events: readonly RecordedEvent[],
  reached: { readonly document: unknown; readonly at: Position | null } | undefined,
): boolean {
  const before = (reached?.document ?? null) as AccountHistory | null; // made by the account view
  const at = reached?.at ?? null;
  let after = before;
  try {
    for (const event of events)
      if (!(event.type in TOUCHES) && (at === null || event.position > at)) after = folding.after(after, event, leadId);
  } catch {
    return false; // folding the page meets it again and says so
  }
  const { currency } = folding.context;
  const were = marks.of(marking, before, currency);
  const are = marks.of(marking, after, currency);
  return were !== are || (are !== NO_MARKS && events.some(({ type }) => type in TOUCHES));
}

function occasionOf(events: readonly RecordedEvent[], last: RecordedEvent): Occasion {
  const payments = events.filter(({ type }) => type in PAYMENTS);
  const causes = payments.length > 0 ? payments : events.filter(({ type }) => type in TOUCHES);
  return {
    eventId: last.eventId,
    correlationId: last.correlationId,
    cause: {
      events: causes.slice(-NAMED).map(({ eventId }) => eventId),
      at: Math.max(...causes.map(({ occurredAt }) => occurredAt)),
      because: { ...TOUCHES, ...PAYMENTS }[causes.at(-1)?.type ?? ''] ?? 'correction',
    },
  };
}
