import type { CreditTerm, FurtherDefinitions, ModelTerm } from '#figures/report/glossary.js';
import { BUILT_IN, type ModelVersion } from '../credit/model-version.js';
import { FEWEST_CONVERSIONS } from './learned-credit.js';

/** What credit adds to the glossary: models, what is told of each, and the rows and warnings that only its reports have. */
export const creditGlossary = (models: readonly ModelVersion[] = BUILT_IN): FurtherDefinitions => ({
  models: models.flatMap(({ id, version }) => {
    const entry = MODELS[id];
    return entry === undefined ? [] : [{ id, version, ...entry }];
  }),
  credit: CREDIT,
  dimensions: [
    { id: 'medium', text: "The touch's medium; of credit only." },
    { id: 'kind', text: 'The kind of touch; of credit only.' },
    { id: 'person', text: 'Who made the touch; of credit only.' },
    { id: '(unattributed)', text: 'A row of credit: new deals without a touch that earns.' },
    {
      id: '(existing customer)',
      text: "A row of credit: renewals and expansions without a touch since the customer's last conversion.",
    },
  ],
  warnings: [
    {
      id: 'FEW_CONVERSIONS',
      text: `markov-1 and shapley learn from all paths: below ${FEWEST_CONVERSIONS} conversions their credit is a hint.`,
    },
    { id: 'MODEL_LEFT_OUT', text: 'A model that nobody named cannot answer this question, and is not in the answer.' },
    {
      id: 'NO_SPEND_BY_DIMENSION',
      text: 'Spend is recorded by channel and campaign: by others there is no return to tell.',
    },
  ],
});

const POSITIONS =
  'what no touch holds goes to the others in proportion; a touch that holds several milestones gets their sum';
const LC = 'the last touch at or before the creation of the lead';

const MODELS: Readonly<Record<string, Omit<ModelTerm, 'id' | 'version'>>> = {
  'first-touch': {
    name: 'First touch',
    formula: '100 % to the earliest touch of the path',
    text: 'Who opened the door made the sale. Misleads in long cycles: what kept the lead alive gets nothing.',
  },
  'last-touch': {
    name: 'Last touch',
    formula: '100 % to the latest touch of the path',
    text: 'Who closed the door made the sale. Misleads where people end at brand search or direct: they harvest what others sowed.',
  },
  'last-non-direct': {
    name: 'Last touch but direct',
    formula: '100 % to the latest touch whose channel is not direct; to the latest where all are',
    text: 'Like last touch, but typing the address is no cause. Misleads where the last other touch was long ago.',
  },
  linear: {
    name: 'Linear',
    formula: '1 / n to each of the n touches',
    text: 'All touches matter alike. Misleads where someone sends many e-mails: each of them takes a share.',
  },
  'time-decay-7d': {
    name: 'Time decay, half-life of 7 days',
    formula: '2^(-days before the end of the path / 7), in parts of a day, divided by the sum over the touches',
    text: 'What is 7 days older matters half as much. Misleads in cycles of months: what began them gets nearly nothing.',
  },
  'position-40-20-40': {
    name: 'Position based, 40-20-40',
    formula:
      '40 % to the first touch, 40 % to the last, 20 % shared by those between; two touches 50 % each, one 100 %',
    text: 'Opening and closing matter, the middle little. On paths of one or two touches it says no more than first and last.',
  },
  'u-ft-lc-40-40-20': {
    name: 'First touch and lead creation, 40-40-20',
    formula: `40 % to the first touch, 40 % to ${LC}, 20 % shared by the rest; ${POSITIONS}`,
    text: 'Becoming known and becoming a lead matter. Misleads where work after the creation decides: it shares 20 %.',
  },
  'u-ft-lc-50-50': {
    name: 'First touch and lead creation, 50-50',
    formula: `50 % to the first touch, 50 % to ${LC}; ${POSITIONS}`,
    text: 'Only becoming known and becoming a lead matter. Misleads where work after the creation decides: it gets nothing.',
  },
  'w-30-30-30-10': {
    name: 'First touch, lead, opportunity, 30-30-30-10',
    formula: `30 % to the first touch, 30 % to ${LC}, 30 % to the last at or before the opening of the deal, 10 % shared by the rest; ${POSITIONS}`,
    text: 'The opportunity matters as much as becoming known and becoming a lead. Misleads where it is recorded late: a later touch then holds it.',
  },
  'full-path-22.5x4-10': {
    name: 'Full path, four times 22.5, 10',
    formula: `22.5 % each to the first touch, ${LC}, the last at or before the opening of the deal and the last before the win; 10 % shared by the rest; ${POSITIONS}`,
    text: 'So does the close. Misleads where marketing hardly touches late stages: the last touch holds the close all the same.',
  },
  'markov-1': {
    name: 'Markov chain of first order',
    formula:
      'conversions x removal effect of the channel / sum of removal effects; removal effect = 1 - P(conversion without the channel) / P(conversion), of an absorbing chain solved exactly',
    text: `What would break if a channel were gone; the next step depends on the present channel alone. Learns from all paths, those without conversion too. Misleads with few conversions (below ${FEWEST_CONVERSIONS} it warns) and where a channel is on every path.`,
  },
  shapley: {
    name: 'Shapley value',
    formula:
      'mean, over all orders in which channels could join, of what the channel adds; v(S) = conversions of the paths whose channels all lie in S',
    text: `What a channel adds to the others; which channels met counts, not in which order or how often. Learns from all paths. Misleads with few conversions (below ${FEWEST_CONVERSIONS} it warns) and where a channel is on all paths.`,
  },
};

const CREDITED = ['/attribution', '/roi'];
const JOURNEYS = ['/journeys'];

/** By the name that each has in the answers. */
const CREDIT: readonly CreditTerm[] = [
  {
    id: 'conversions',
    version: 1,
    name: 'Credited conversions',
    unit: 'count',
    reports: [...CREDITED, ...JOURNEYS],
    formula: 'wins (first payment above 0, where not won), each split over its path by the model, to a millionth',
    text: "The model's part of deals won, on the day of the conversion, or with on=touch of the touch. In journeys whole conversions, by path.",
  },
  {
    id: 'customers',
    version: 1,
    name: 'Credited new customers',
    unit: 'count',
    reports: CREDITED,
    formula: "credited conversions that were their lead's first",
    text: 'Of the credited conversions those by which a lead became a customer.',
  },
  {
    id: 'revenue',
    version: 1,
    name: 'Credited revenue',
    unit: 'money',
    reports: [...CREDITED, ...JOURNEYS],
    formula: 'payments less all refunds so far, each split by largest remainder in the minor unit',
    text: "What the payments are worth now, on the payment's day. Credited, unattributed and existing customer come to what the ledger holds. In journeys by path.",
  },
  {
    id: 'profit',
    version: 1,
    name: 'Credited profit',
    unit: 'money',
    reports: CREDITED,
    formula: 'credited revenue less cost, cost recovered by refunds given back; null where no cost is known',
    text: 'What is left of credited revenue after the cost of sale, of payments whose cost is known.',
  },
  {
    id: 'roas',
    version: 1,
    name: 'Credited revenue per spend',
    unit: 'ratio',
    reports: ['/roi'],
    formula: 'credited revenue / spend; null without spend',
    text: 'Return on ad spend under the model: what each unit spent on the channel or campaign brought in.',
  },
  {
    id: 'romi',
    version: 1,
    name: 'Return on marketing investment under a model',
    unit: 'ratio',
    reports: ['/roi'],
    formula: '(credited profit - spend) / spend; null without spend, and where no cost is known',
    text: 'What comes back for each unit spent, after the cost of sale: -1 is spend without any result.',
  },
  {
    id: 'cac',
    version: 1,
    name: 'Cost per credited customer',
    unit: 'money-ratio',
    reports: ['/roi'],
    formula: 'spend / credited new customers, rounded half to even; null without one',
    text: 'Customer acquisition cost under the model.',
  },
  {
    id: 'share',
    version: 1,
    name: 'Share of the path',
    unit: 'ratio',
    reports: JOURNEYS,
    formula: 'conversions of the path / conversions that had a path',
    text: 'How much of what converted came this way.',
  },
  {
    id: 'open',
    version: 1,
    name: 'Open paths',
    unit: 'count',
    reports: JOURNEYS,
    formula: 'leads without a conversion, by their path so far, on the day of the last touch',
    text: 'Leads that have come this way and not converted. A win or a further touch moves them.',
  },
  {
    id: 'touches',
    version: 1,
    name: 'Journey length',
    unit: 'touch',
    reports: JOURNEYS,
    formula: 'touches on a converting path, repeats counted: mean, and percentiles by nearest rank',
    text: 'How many meetings it took.',
  },
  {
    id: 'days',
    version: 1,
    name: 'Journey time',
    unit: 'day',
    reports: JOURNEYS,
    formula: 'days from the first touch to the conversion: mean, and percentiles by nearest rank',
    text: 'How long it took.',
  },
];
