import { of, money, type MetricText } from './formulas.js';

const BY = 'by day, channel, campaign and spendKind';

/** What marketing costs, and what it brings by the channel that each lead came in with. `/roi` sets credit by a model against the same spend. */
export const SPEND_METRICS: readonly MetricText[] = [
  {
    id: 'spend',
    name: 'Spend',
    unit: 'money',
    formula: money([of('spend')]),
    formulaText: `sum of what was spent, ${BY}`,
    text: 'What was spent on campaigns and channels, after corrections, on the day it counts for. Of every kind, unless spendKind says which.',
  },
  {
    id: 'impressions',
    name: 'Impressions',
    unit: 'count',
    formula: { kind: 'sum', of: of('impressions') },
    formulaText: `sum of impressions, ${BY}`,
    text: 'How often ads were shown, as recorded with spend.',
  },
  {
    id: 'clicks',
    name: 'Clicks',
    unit: 'count',
    formula: { kind: 'sum', of: of('clicks') },
    formulaText: `sum of clicks, ${BY}`,
    text: 'How often ads were clicked, as recorded with spend.',
  },
  {
    id: 'cac',
    name: 'Cost per new customer',
    unit: 'money-ratio',
    formula: { kind: 'money-per', money: of('spend'), each: of('newCustomers') },
    formulaText: 'spend / newCustomers, rounded half to even; null without a new customer',
    text: 'Customer acquisition cost: what was spent in the period for each lead that became a customer in it.',
  },
  {
    id: 'roas',
    name: 'Revenue per spend',
    unit: 'ratio',
    formula: { kind: 'return', plus: of('revenue'), minus: [], below: of('spend') },
    formulaText: 'revenue / spend, revenue by the channel and campaign that the lead came in with; null without spend',
    text: 'Return on ad spend by the origin of each lead, in the period of payment and of spend. /roi gives it by a credit model.',
  },
  {
    id: 'romi',
    name: 'Return on marketing investment',
    unit: 'ratio',
    formula: {
      kind: 'return',
      plus: of('profit'),
      minus: [of('spend')],
      below: of('spend'),
      unknownWith: of('paymentsWithoutCost'),
    },
    formulaText:
      '(profit - spend) / spend, profit by the channel and campaign that the lead came in with; null without spend, and where payments were received but no cost is known',
    text: 'What comes back for each unit spent, after the cost of sale: -1 is spend without any result. By the origin of each lead; /roi gives it by a credit model.',
  },
];
