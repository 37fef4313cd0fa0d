import { difference, type Emit } from '#figures/contribution/difference.js';
import type { Happening } from '#figures/history/happening.js';
import type { PaymentEntry } from '#figures/history/history.js';
import { conversionOf, lastEnd } from './deal-paths.js';
import {
  dealCredit,
  openPath,
  paymentCredit,
  sameMoment,
  touchesOf,
  type CreditContext,
  type ReadLog,
} from './credit-facts.js';
import type { CreditHistory, DealCredit } from './credit-history.js';

/**
 * Tells `emit` the facts that an event writes, which are exactly Credit(after) - Credit(before). Only deals whose credit the event can change
 * are computed, of both histories: a touch after all their paths, which nearly every touch is, costs nothing but the open path.
 */
export function writeCredit(
  before: CreditHistory,
  after: CreditHistory,
  happening: Pick<Happening, 'type' | 'stream' | 'at'>,
  context: CreditContext,
  readLogs: { readonly before: ReadLog; readonly after: ReadLog },
  emit: Emit,
): void {
  if (after === before) return;
  if (after.deals.length > 0) writeDeals(before, after, happening, context, readLogs, emit);
  difference(openPath(before, context), openPath(after, context), emit);
}

function writeDeals(
  before: CreditHistory,
  after: CreditHistory,
  happening: Pick<Happening, 'type' | 'stream' | 'at'>,
  context: CreditContext,
  readLogs: { readonly before: ReadLog; readonly after: ReadLog },
  emit: Emit,
): void {
  const touchesBefore = touchesOf(before.lead, readLogs.before);
  const touchesAfter = touchesOf(after.lead, readLogs.after);
  const affected = affectedDeals(before, after, happening);
  after.deals.forEach((deal, place) => {
    const was = before.deals[place];
    if (!affected(deal, was)) return;
    if (was !== undefined && isNewsOfPayments(was, deal, before, after)) {
      const left = (payment: PaymentEntry): boolean => !deal.payments.includes(payment);
      const came = (payment: PaymentEntry): boolean => !was.payments.includes(payment);
      difference(
        paymentCredit(was, left, before, context, touchesBefore),
        paymentCredit(deal, came, after, context, touchesAfter),
        emit,
      );
      return;
    }
    difference(
      was === undefined ? [] : dealCredit(was, before, context, touchesBefore),
      dealCredit(deal, after, context, touchesAfter),
      emit,
    );
  });
}

/** Whether a won deal differs in payments alone: its path, and what its conversion gives, are then the same. */
const isNewsOfPayments = (was: DealCredit, is: DealCredit, before: CreditHistory, after: CreditHistory): boolean =>
  was !== is &&
  was.won !== null &&
  was.won === is.won &&
  was.annulled === is.annulled &&
  was.payments !== is.payments &&
  before.lead === after.lead;

type Affected = (deal: DealCredit, was: DealCredit | undefined) => boolean;

function affectedDeals(
  before: CreditHistory,
  after: CreditHistory,
  { type, stream, at }: Pick<Happening, 'type' | 'stream' | 'at'>,
): Affected {
  if (type === 'lead.touched') return (deal) => lastEnd(deal) >= at;
  if (stream === '') return (deal) => hasPath(deal);
  const place = after.deals.findIndex((deal) => deal.stream === stream);
  const [is, was] = [after.deals[place], before.deals[place]];
  const moved = !sameMoment(is === undefined ? null : conversionOf(is), was === undefined ? null : conversionOf(was));
  return (deal, other) =>
    deal.stream === stream || (moved && (hasPath(deal) || (other !== undefined && hasPath(other))));
}

const hasPath = (deal: DealCredit): boolean => lastEnd(deal) > -Infinity;
