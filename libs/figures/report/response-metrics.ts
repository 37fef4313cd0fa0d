import { DURATION_ERROR } from '../contribution/duration-class.js';
import { METRIC } from '../contribution/fact.js';
import { count, money, of, type Formula, type MetricText, type Source } from './formulas.js';

const within = `percentiles within ${DURATION_ERROR * 100} %, the mean is exact`;
const seconds = (name: keyof typeof METRIC): Formula => ({ kind: 'duration', of: of(name), unit: 'second' });

/** How fast sales answers what it receives, how long leads stay, and what is done before one is given up. */
export const RESPONSE_METRICS: readonly MetricText[] = [
  {
    id: 'received',
    name: 'Received by sales',
    unit: 'count',
    formula: count(of('received')),
    formulaText:
      'passes at the later of MQL and the assignment to sales; without an MQL at acceptance, SQL or the opening of a deal',
    text: 'Leads handed to sales, once a pass, on the day. Leads that sales found itself (its touch is the first, and it created the lead or touched it before) are left out.',
  },
  {
    id: 'speedToLeadAttempt',
    name: 'Time to first attempt',
    unit: 'second',
    formula: seconds('speedToLeadAttempt'),
    formulaText: `first outbound touch by a person of sales - received, by the day received; ${within}`,
    text: 'How long a lead waited until sales first tried to reach it. Those never tried are in received, not here.',
  },
  {
    id: 'speedToLeadContact',
    name: 'Time to first contact',
    unit: 'second',
    formula: seconds('speedToLeadContact'),
    formulaText: `first touch by a person of sales that connected, was replied to or a meeting held - received; ${within}`,
    text: 'How long a lead waited until somebody of sales and it really spoke.',
  },
  {
    id: 'speedToLeadQualification',
    name: 'Time to qualification',
    unit: 'second',
    formula: seconds('speedToLeadQualification'),
    formulaText: `SQL of the pass - received; ${within}`,
    text: 'How long a lead waited until sales had found a real need.',
  },
  {
    id: 'timeInStage',
    name: 'Time in stage',
    unit: 'second',
    formula: { kind: 'duration', of: of('timeInStage'), unit: 'second', open: of('openInStage') },
    formulaText: `finished stays: next recorded stage (or exit) - entry, by the day left; open ones, by the day entered: openCount, and their age as known then; ${within}`,
    text: 'How long passes stayed in lead, mql, sal, sql and opportunity (by=stage), and how many still do.',
  },
  {
    id: 'attemptsBeforeExit',
    name: 'Attempts before exit',
    unit: 'attempt',
    formula: { kind: 'duration', of: of('attemptsBeforeExit'), unit: 'attempt' },
    formulaText:
      'outbound touches by persons of sales from the receipt to the exit, per pass that ended, by the day it did',
    text: 'How often sales tried before a lead was rejected, recycled or disqualified (by=exit).',
  },
  {
    id: 'daysToExit',
    name: 'Days to exit',
    unit: 'day',
    formula: { kind: 'duration', of: of('daysToExit'), unit: 'day' },
    formulaText: 'day of the exit - day received',
    text: 'How many days a lead was with sales before it was given up.',
  },
  {
    id: 'rejectedWithoutAttempt',
    name: 'Rejected without attempt',
    unit: 'count',
    formula: count(of('rejectedWithoutAttempt')),
    formulaText: 'rejected passes without any attempt between receipt and rejection',
    text: 'Leads that sales sent back without having tried to reach them.',
  },
];

const SOURCED: readonly (readonly [version: 1 | 2 | 3, name: string, text: string])[] = [
  [1, 'first touch', "the lead's first touch is marketing's (or a machine's, or an inbound one that names nobody)"],
  [
    2,
    'created',
    'marketing created the lead, or a system did and it came with a channel or source that is not outbound',
  ],
  [3, 'before sales', 'marketing touched the lead before any person of sales did'],
];
const DEALS = 'won deals of kind new, by the day won';
const marketing = (name: keyof typeof METRIC): Source => ({ metric: METRIC[name], first: true });
const share = (name: keyof typeof METRIC): Formula => ({
  kind: 'ratio',
  numerator: [marketing(name)],
  denominator: [of(name)],
});

/** `marketingSourced` in its three versions side by side on the same deals, and what marketing influenced, which is never added to them. */
export const SOURCING_METRICS: readonly MetricText[] = [
  ...SOURCED.flatMap(([version, name, text]): readonly MetricText[] => {
    const about = { version, text: `Where ${text}.` };
    return [
      {
        ...about,
        id: `marketingSourced@${version}`,
        name: `Marketing sourced (${name})`,
        unit: 'ratio',
        formula: share(`sourcedWon${version}`),
        formulaText: `${DEALS}, where ${text} / all of them`,
      },
      {
        ...about,
        id: `marketingSourcedWon@${version}`,
        name: `Won, marketing sourced (${name})`,
        unit: 'count',
        formula: count(marketing(`sourcedWon${version}`)),
        formulaText: `${DEALS}, where ${text}`,
      },
      {
        ...about,
        id: `marketingSourcedBookings@${version}`,
        name: `Bookings, marketing sourced (${name})`,
        unit: 'money',
        formula: money([marketing(`sourcedBookings${version}`)]),
        formulaText: `bookings, where ${text}`,
      },
      {
        ...about,
        id: `marketingSourcedRevenue@${version}`,
        name: `Revenue, marketing sourced (${name})`,
        unit: 'money',
        formula: money([marketing(`sourcedRevenue${version}`)]),
        formulaText: `revenue, where ${text}`,
      },
      {
        ...about,
        id: `sourcedWon@${version}`,
        name: `Won, by who sourced it (${name})`,
        unit: 'count',
        formula: count(of(`sourcedWon${version}`)),
        formulaText: `${DEALS}; by=sourcedBy tells whose they are`,
      },
    ];
  }),
  {
    id: 'marketingInfluenced',
    name: 'Marketing influenced',
    unit: 'ratio',
    formula: share('influencedWon'),
    formulaText: `${DEALS}, whose lead marketing had touched before the deal was opened / all of them`,
    text: 'The share of won deals that marketing had a hand in. It overlaps with what sales sourced, and is never added to marketingSourced.',
  },
  {
    id: 'marketingInfluencedBookings',
    name: 'Bookings, marketing influenced',
    unit: 'money',
    formula: money([marketing('influencedBookings')]),
    formulaText: 'bookings of deals whose lead marketing had touched before they were opened',
    text: 'What was sold to leads that marketing had touched before.',
  },
  {
    id: 'marketingInfluencedRevenue',
    name: 'Revenue, marketing influenced',
    unit: 'money',
    formula: money([marketing('influencedRevenue')]),
    formulaText: 'revenue of deals whose lead marketing had touched before they were opened',
    text: 'What was paid by leads that marketing had touched before.',
  },
];

/** Names that stand for all versions of a definition, shown side by side. */
export const VERSIONED: ReadonlyMap<string, readonly string[]> = new Map(
  ['marketingSourced', 'marketingSourcedWon', 'marketingSourcedBookings', 'marketingSourcedRevenue', 'sourcedWon'].map(
    (id) => [id, SOURCED.map(([version]) => `${id}@${version}`)],
  ),
);
