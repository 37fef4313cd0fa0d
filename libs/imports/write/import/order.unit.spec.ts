import fc from 'fast-check';
import { inOrder } from './order.js';
import type { Step } from './step.js';

const ref = { file: 'f.csv', row: 2, cells: [] };
const values = {} as never; // the order looks at no values
const lead = (id: string, at: number): Step => ({
  kind: 'lead',
  lead: id,
  occurredAt: at,
  assumed: false,
  ref,
  values,
});
const stage = (id: string, at: number): Step => ({
  kind: 'stage',
  lead: id,
  occurredAt: at,
  assumed: false,
  ref,
  values,
  present: false,
});
const deal = (id: string, leadId: string | null, at: number): Step => ({
  kind: 'deal',
  deal: id,
  lead: leadId,
  occurredAt: at,
  assumed: false,
  ref,
  values,
  openingAssumed: false,
});
const close = (id: string, leadId: string | null, at: number): Step => ({
  kind: 'close',
  deal: id,
  lead: leadId,
  occurredAt: at,
  assumed: false,
  ref,
  values,
});
const payment = (id: string, leadId: string | null, at: number): Step => ({
  kind: 'payment',
  deal: id,
  lead: leadId,
  payment: id,
  occurredAt: at,
  assumed: false,
  ref,
  values,
});

const told = (steps: readonly Step[]): [string, number][] =>
  inOrder(steps).map(({ step, ripeAt }) => [step.kind, ripeAt]);

describe('Steps in order', () => {
  it('follow their own time, and at the same moment what they depend on', () => {
    expect(told([payment('d', 'a', 9), close('d', 'a', 5), stage('a', 1), deal('d', 'a', 5), lead('a', 1)])).toEqual([
      ['lead', 1],
      ['stage', 1],
      ['deal', 5],
      ['close', 5],
      ['payment', 9],
    ]);
  });

  it('wait for the lead and the deal that they depend on', () => {
    expect(told([lead('a', 10), deal('d', 'a', 3), close('d', 'a', 4), payment('d', null, 4)])).toEqual([
      ['lead', 10],
      ['deal', 10],
      ['close', 10],
      ['payment', 10],
    ]);
  });

  it('are the same whatever order they came in', () => {
    const steps = [lead('a', 1), lead('b', 2), stage('a', 3), deal('d', 'a', 0), close('d', 'a', 7), stage('b', 0)];
    fc.assert(
      fc.property(fc.shuffledSubarray(steps, { minLength: steps.length }), (shuffled) => {
        expect(inOrder(shuffled)).toEqual(inOrder(steps));
      }),
    );
  });
});
