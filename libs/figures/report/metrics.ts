import { DURATION_ERROR } from '../contribution/duration-class.js';
import { METRIC } from '../contribution/fact.js';

export type Unit = 'count' | 'money' | 'ratio' | 'day' | 'second';

/** Facts that a figure is made of: `first` counts only a lead's first entry. */
export interface Source {
  readonly metric: number;
  readonly first?: true;
}

/** How sums of facts become a figure. */
export type Formula =
  | { readonly kind: 'count'; readonly of: Source }
  | {
      readonly kind: 'money';
      readonly plus: readonly Source[];
      readonly minus: readonly Source[];
      readonly nullWithoutFacts: boolean;
    }
  | { readonly kind: 'ratio'; readonly numerator: readonly Source[]; readonly denominator: readonly Source[] }
  | { readonly kind: 'duration'; readonly of: Source; readonly unit: 'day' | 'second' };

export interface MetricDefinition {
  readonly id: string;
  /** Raised when the definition changes; both versions are then shown side by side. */
  readonly version: number;
  readonly name: string;
  readonly unit: Unit;
  /** For those who compute it themselves. */
  readonly formulaText: string;
  /** For those who read it. */
  readonly text: string;
  readonly formula: Formula;
}

const of = (name: keyof typeof METRIC): Source => ({ metric: METRIC[name] });
const firstOf = (name: keyof typeof METRIC): Source => ({ metric: METRIC[name], first: true });
const count = (of: Source): Formula => ({ kind: 'count', of });
const money = (plus: readonly Source[], minus: readonly Source[] = []): Formula => ({
  kind: 'money',
  plus,
  minus,
  nullWithoutFacts: false,
});

const DEFINITIONS: readonly Omit<MetricDefinition, 'version'>[] = [
  {
    id: 'leads',
    name: 'Leads',
    unit: 'count',
    formula: count(of('leads')),
    formulaText: 'number of leads created',
    text: 'Prospective customers, each counted once, on the day it was created.',
  },
  {
    id: 'mqls',
    name: 'MQLs',
    unit: 'count',
    formula: count(of('mqls')),
    formulaText: 'number of passes that entered MQL',
    text: 'Marketing-qualified leads: entries into MQL, at most one per pass, on the day of the entry.',
  },
  {
    id: 'sals',
    name: 'SALs',
    unit: 'count',
    formula: count(of('sals')),
    formulaText: 'number of passes that entered SAL',
    text: 'Leads that sales accepted to work on: at most one per pass, on the day of the acceptance.',
  },
  {
    id: 'sqls',
    name: 'SQLs',
    unit: 'count',
    formula: count(of('sqls')),
    formulaText: 'number of passes that entered SQL',
    text: 'Sales-qualified leads: at most one per pass, on the day that sales found a real need.',
  },
  {
    id: 'firstMqls',
    name: 'First MQLs',
    unit: 'count',
    formula: count(firstOf('mqls')),
    formulaText: 'number of leads by their first entry into MQL',
    text: "MQLs without re-entries: only each lead's first one.",
  },
  {
    id: 'firstSals',
    name: 'First SALs',
    unit: 'count',
    formula: count(firstOf('sals')),
    formulaText: 'number of leads by their first entry into SAL',
    text: "SALs without re-entries: only each lead's first one.",
  },
  {
    id: 'firstSqls',
    name: 'First SQLs',
    unit: 'count',
    formula: count(firstOf('sqls')),
    formulaText: 'number of leads by their first entry into SQL',
    text: "SQLs without re-entries: only each lead's first one.",
  },
  {
    id: 'opportunities',
    name: 'Opportunities',
    unit: 'count',
    formula: count(of('opportunities')),
    formulaText: 'number of deals of kind new, by opening',
    text: 'Deals of kind new, on the day they were opened.',
  },
  {
    id: 'won',
    name: 'Won deals',
    unit: 'count',
    formula: count(of('won')),
    formulaText: 'number of won deals of kind new, by the day won',
    text: 'Deals of kind new that were won, on the day they were won. A deal that is reopened no longer counts.',
  },
  {
    id: 'lost',
    name: 'Lost deals',
    unit: 'count',
    formula: count(of('lost')),
    formulaText: 'number of lost deals of kind new, by the day lost',
    text: 'Deals of kind new that were lost, on the day they were lost.',
  },
  {
    id: 'newCustomers',
    name: 'New customers',
    unit: 'count',
    formula: count(of('newCustomers')),
    formulaText: 'number of leads by their first won deal (of any kind)',
    text: 'Leads that became customers: each once, on the day of its first won deal.',
  },
  {
    id: 'newPayingCustomers',
    name: 'New paying customers',
    unit: 'count',
    formula: count(of('newPayingCustomers')),
    formulaText: 'number of leads by their earliest payment above 0 that stands, refunds notwithstanding',
    text: 'The one figure that marketing and sales own together: leads that paid for the first time, on the day of that payment.',
  },
  {
    id: 'newPayingCustomersReversed',
    name: 'New paying customers, reversed',
    unit: 'count',
    formula: count(of('newPayingCustomersReversed')),
    formulaText: 'number of leads all of whose payments are refunded in full, by the day of the last refund',
    text: 'Paying customers who got everything back that they ever paid, on the day of the last refund.',
  },
  {
    id: 'bookings',
    name: 'Bookings',
    unit: 'money',
    formula: money([of('bookings')]),
    formulaText: 'sum of the value of deals won (of any kind; dealKind tells them apart), by the day won',
    text: 'What was sold: the value of deals on the day they were won.',
  },
  {
    id: 'revenue',
    name: 'Revenue',
    unit: 'money',
    formula: money([of('revenue')]),
    formulaText: 'sum of payments net of tax, by their day',
    text: 'What was paid, net of tax, on the day of each payment. Refunds are not taken off; see net revenue.',
  },
  {
    id: 'refunds',
    name: 'Refunds',
    unit: 'money',
    formula: money([of('refunds')]),
    formulaText: 'sum of refunds, by their day',
    text: 'What was paid back, on the day of each refund.',
  },
  {
    id: 'netRevenue',
    name: 'Net revenue',
    unit: 'money',
    formula: money([of('revenue')], [of('refunds')]),
    formulaText: 'revenue - refunds',
    text: 'Payments minus refunds, each on its own day.',
  },
  {
    id: 'profit',
    name: 'Profit',
    unit: 'money',
    formula: { kind: 'money', plus: [of('profit')], minus: [], nullWithoutFacts: true },
    formulaText:
      'payments - cost of sale - (refunds - cost recovered), over payments whose cost is known; null when there is none',
    text: 'Payments minus what the sale cost, refunds taken off on their own day. Payments without a known cost are left out and counted in paymentsWithoutCost. Spend and bonuses are not in it.',
  },
  {
    id: 'paymentsWithoutCost',
    name: 'Payments without cost',
    unit: 'count',
    formula: count(of('paymentsWithoutCost')),
    formulaText: 'number of payments whose cost is not known',
    text: 'Payments that profit leaves out, because nobody said what the sale cost.',
  },
  {
    id: 'winRateOfClosed',
    name: 'Win rate of closed deals',
    unit: 'ratio',
    formula: { kind: 'ratio', numerator: [of('won')], denominator: [of('won'), of('lost')] },
    formulaText: 'won / (won + lost), each by its own day',
    text: 'Of the deals closed in the period, the share that was won.',
  },
  {
    id: 'winRateOfOpened',
    name: 'Win rate of opened deals',
    unit: 'ratio',
    formula: { kind: 'ratio', numerator: [of('openedWon')], denominator: [of('opportunities')] },
    formulaText: 'deals of kind new opened in the period that are won by now / deals of kind new opened in it',
    text: 'Of the deals opened in the period, the share that is won by now; it grows as open deals close.',
  },
  {
    id: 'timeToCloseDays',
    name: 'Days from lead to won',
    unit: 'day',
    formula: { kind: 'duration', of: of('timeToCloseDays'), unit: 'day' },
    formulaText: 'per won deal of kind new: day won - day the lead was created, by the day won',
    text: 'Whole days from the creation of the lead to the win. Negative where a deal was won before its lead was recorded. Assumed dates are left out.',
  },
  {
    id: 'dealCycleDays',
    name: 'Days from opening to won',
    unit: 'day',
    formula: { kind: 'duration', of: of('dealCycleDays'), unit: 'day' },
    formulaText: 'per won deal of kind new: day won - day opened, by the day won',
    text: 'Whole days from the opening of the deal to the win. Assumed dates are left out.',
  },
  {
    id: 'timeToClose',
    name: 'Time from lead to won',
    unit: 'second',
    formula: { kind: 'duration', of: of('timeToClose'), unit: 'second' },
    formulaText: `per won deal of kind new: moment won - moment the lead was created; percentiles within ${DURATION_ERROR * 100} %, the mean is exact`,
    text: 'Time elapsed from the creation of the lead to the win, in seconds.',
  },
  {
    id: 'dealCycle',
    name: 'Time from opening to won',
    unit: 'second',
    formula: { kind: 'duration', of: of('dealCycle'), unit: 'second' },
    formulaText: `per won deal of kind new: moment won - moment opened; percentiles within ${DURATION_ERROR * 100} %, the mean is exact`,
    text: 'Time elapsed from the opening of the deal to the win, in seconds.',
  },
];

/** Every metric by id, in the order in which they are explained. */
export const METRICS: ReadonlyMap<string, MetricDefinition> = new Map(
  DEFINITIONS.map((definition) => [definition.id, { ...definition, version: 1 }]),
);

export function sourcesOf(formula: Formula): readonly Source[] {
  switch (formula.kind) {
    case 'count':
    case 'duration':
      return [formula.of];
    case 'money':
      return [...formula.plus, ...formula.minus];
    case 'ratio':
      return [...formula.numerator, ...formula.denominator];
  }
}
