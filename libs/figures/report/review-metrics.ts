import { count, of, type MetricText } from './formulas.js';

/** What sales says of the leads that it received, and of how they ended. */
export const REVIEW_METRICS: readonly MetricText[] = [
  {
    id: 'intakeReviews',
    name: 'Reviewed at intake',
    unit: 'count',
    formula: count(of('intakeReviews')),
    formulaText: 'passes received by sales that a reviewer of sales judged at intake, by the day received',
    text: 'How many of the leads that sales received it has looked at and judged.',
  },
  {
    id: 'needs',
    name: 'Needs named',
    unit: 'count',
    formula: count(of('needs')),
    formulaText: 'per pass received: each need that a review at intake names, by the day received; by=need tells which',
    text: 'What leads need, as sales found out.',
  },
  {
    id: 'challenges',
    name: 'Challenges named',
    unit: 'count',
    formula: count(of('challenges')),
    formulaText:
      'per pass received: each challenge that a review at intake names, by the day received; by=challenge tells which',
    text: 'What stands in the way of leads, as sales found out.',
  },
  {
    id: 'outcomes',
    name: 'Ended after sales received them',
    unit: 'count',
    formula: count(of('outcomes')),
    formulaText:
      'passes received whose first deal was won, else that were recycled or disqualified, else whose last deal was lost, by that day; by=outcome tells which',
    text: 'Leads that sales received and that came to an end: customers, lost deals, recycled and disqualified ones.',
  },
  {
    id: 'outcomeReviews',
    name: 'Reviewed afterwards',
    unit: 'count',
    formula: count(of('outcomeReviews')),
    formulaText: 'of the outcomes those that a reviewer of sales looked back on, by the day of the outcome',
    text: 'How many of the leads that ended sales has looked back on.',
  },
  {
    id: 'helped',
    name: 'What helped',
    unit: 'count',
    formula: count(of('helped')),
    formulaText: 'per outcome: each thing that a review names as helpful; by=helpedBy tells which',
    text: 'What helped to win, as sales saw it afterwards.',
  },
  {
    id: 'wentWrong',
    name: 'What went wrong',
    unit: 'count',
    formula: count(of('wentWrong')),
    formulaText: 'per outcome: each thing that a review names as having gone wrong; by=wentWrongBy tells which',
    text: 'What went wrong, as sales saw it afterwards.',
  },
  {
    id: 'exits',
    name: 'Leads given up',
    unit: 'count',
    formula: count(of('exits')),
    formulaText: 'passes rejected, recycled or disqualified, by that day; by=exit,reason tells which and why',
    text: 'Leads that were rejected, recycled or disqualified, with the reason given.',
  },
  {
    id: 'closeReasons',
    name: 'Reasons for closing',
    unit: 'count',
    formula: count(of('closeReasons')),
    formulaText: 'deals of kind new closed with a reason, by the day closed; by=outcome,reason tells which and why',
    text: 'Why deals were lost and, where the list says so, won.',
  },
  {
    id: 'rejectedThenBought',
    name: 'Rejected, bought later',
    unit: 'count',
    formula: count(of('rejectedThenBought')),
    formulaText: 'passes rejected whose lead won a deal afterwards, by the day rejected',
    text: 'Leads that sales gave back and that became customers after all.',
  },
];
