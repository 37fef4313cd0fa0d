import { withFurther } from '../history/dimensions.js';
import type { DealHistory, LeadHistory } from '../history/history.js';
import { before } from '../history/order.js';
import { firstTouch } from '../history/touches.js';
import { dealFacts, type FactContext } from './deal.js';
import { METRIC, type Fact } from './fact.js';
import { moneyFacts } from './money.js';

/** The dimension that facts of sourcing have beside all others: whose the first touch was, whatever a definition means by it. */
export const SOURCED_BY = 'sourcedBy';

/** By what is won, sold or paid: its metrics under the three definitions, and the one of marketing's influence. */
const MIRRORS = new Map<number, readonly [v1: number, v2: number, v3: number, influenced: number]>([
  [METRIC.won, [METRIC.sourcedWon1, METRIC.sourcedWon2, METRIC.sourcedWon3, METRIC.influencedWon]],
  [
    METRIC.bookings,
    [METRIC.sourcedBookings1, METRIC.sourcedBookings2, METRIC.sourcedBookings3, METRIC.influencedBookings],
  ],
  [METRIC.revenue, [METRIC.sourcedRevenue1, METRIC.sourcedRevenue2, METRIC.sourcedRevenue3, METRIC.influencedRevenue]],
]);

/**
 * Who sourced what a deal won, sold and was paid, under three definitions on the very same facts, and whether marketing had touched its lead
 * before it was opened.
 */
export function sourcingFacts(deal: DealHistory, lead: LeadHistory | null, context: FactContext): Fact[] {
  const facts: Fact[] = [];
  // Most deals have neither been won nor paid.
  if (deal.close?.won !== true && deal.payments.length === 0) return facts;
  const mirrored = [...dealFacts(deal, lead, context), ...moneyFacts(deal, lead, context.currency)].filter(
    ({ metric }) => MIRRORS.has(metric),
  );
  if (mirrored.length === 0) return facts;
  const sources = [firstTouchBy(lead), createdBy(lead), beforeSales(lead)];
  const first = lead?.work.firstMarketing ?? null;
  const influenced = first !== null && first.at <= deal.opened.at ? 1 : 0;
  for (const fact of mirrored) {
    const [v1, v2, v3, influence] = MIRRORS.get(fact.metric) ?? [0, 0, 0, 0];
    [v1, v2, v3].forEach((metric, i) => {
      const by = sources[i] ?? null;
      const dims = withFurther(fact.dims, SOURCED_BY, by);
      facts.push({ ...fact, metric, dims, class: by === 'marketing' ? 1 : 0 });
    });
    facts.push({ ...fact, metric: influence, class: influenced });
  }
  return facts;
}

/** Whether what a lead's touches say of its source is the same: all that `sourcingFacts` reads of them. */
export const isSourcedAlike = (a: LeadHistory, b: LeadHistory): boolean =>
  firstTouchBy(a) === firstTouchBy(b) &&
  a.work.firstMarketing === b.work.firstMarketing &&
  a.work.sales[0] === b.work.sales[0];

/** Version 1: whose the first touch was. */
const firstTouchBy = (lead: LeadHistory | null): string | null =>
  lead === null ? null : (firstTouch(lead.touches)?.side ?? null);

/** Version 2: who created the lead, marketing or sales; of what another team or a system created, marketing where it came with a channel or source, sales where that is outbound. */
function createdBy(lead: LeadHistory | null): string | null {
  if (lead?.created == null) return null;
  const { creator, given } = lead;
  if (creator === 'marketing' || creator === 'sales') return creator;
  if (given.channel === 'outbound') return 'sales';
  return given.channel !== null || given.source !== null ? 'marketing' : null;
}

/** Version 3: marketing where it touched the lead before any person of sales did. */
function beforeSales(lead: LeadHistory | null): string | null {
  const first = lead?.work.firstMarketing ?? null;
  const sales = lead?.work.sales[0] ?? null;
  if (first === null) return sales === null ? null : 'sales';
  return sales === null || before(first, sales) ? 'marketing' : 'sales';
}
