import type { Instant } from '#kernel/time.js';
import type { Step } from './step.js';

/** At the same moment what others depend on comes first. */
const RANK: Readonly<Record<Step['kind'], number>> = {
  lead: 0,
  touch: 1,
  stage: 2,
  deal: 3,
  close: 4,
  payment: 5,
  refund: 6,
  spend: 7,
};

/** A step with the moment at which it can be recorded at the earliest: not before the lead or deal that it depends on. */
export interface RipeStep<S extends Step = Step> {
  readonly step: S;
  readonly ripeAt: Instant;
}

/** Moments at which a source's leads and deals are recorded, by its own ids. */
export interface Recorded {
  readonly leads: Map<string, Instant>;
  readonly deals: Map<string, Instant>;
  readonly payments: Map<string, Instant>;
}

/**
 * In the order in which they can be written: by the later of a step's own moment and that of the lead or deal it depends on, then lead, touch,
 * stage, deal, close, payment, refund, else as they were. `known` is what was recorded before and is added to.
 */
export function inOrder(
  steps: readonly Step[],
  known: Recorded = { leads: new Map(), deals: new Map(), payments: new Map() },
): RipeStep[] {
  const ripe: RipeStep[] = [...steps]
    .map((step, index) => ({ step, index }))
    .sort((a, b) => RANK[a.step.kind] - RANK[b.step.kind] || a.index - b.index)
    .map(({ step }) => ({ step, ripeAt: ripeAt(step, known) }));
  return ripe.sort((a, b) => a.ripeAt - b.ripeAt || RANK[a.step.kind] - RANK[b.step.kind]);
}

function ripeAt(step: Step, known: Recorded): Instant {
  const lead = step.lead === null ? undefined : known.leads.get(step.lead);
  const deal = 'deal' in step ? known.deals.get(step.deal) : undefined;
  const paid = 'payment' in step ? JSON.stringify([step.deal, step.payment]) : null;
  const payment = paid === null || step.kind !== 'refund' ? undefined : known.payments.get(paid);
  const at = Math.max(step.occurredAt, lead ?? -Infinity, deal ?? -Infinity, payment ?? -Infinity);
  if (paid !== null && step.kind === 'payment') known.payments.set(paid, at);
  if (step.kind === 'lead') known.leads.set(step.lead, at);
  if (step.kind === 'deal') known.deals.set(step.deal, at);
  return at;
}
