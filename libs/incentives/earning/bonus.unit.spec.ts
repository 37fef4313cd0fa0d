import type { Uuid } from '#kernel/ids.js';
import type { BonusEvent } from '../events/bonus-events.js';
import { at, LEAD, PLAN } from '../testing/book-life.js';
import { eur, touchedLead, version, type LeadLife } from '../testing/lead-life.js';
import { evaluateBonus, evolveBonus, initialBonus, type BonusState, type Evaluation } from './bonus.js';

const evaluation = (lead: LeadLife, more: Partial<Evaluation> = {}): Evaluation => ({
  planId: PLAN,
  leadId: LEAD as Uuid,
  upTo: lead.account().upTo,
  knownTo: lead.account().upTo,
  currency: 'EUR',
  standings: lead.judged(),
  cause: { events: ['cause'], at: at('2026-03-05'), because: 'correction' },
  openPeriod: (moment) => new Date(moment).toISOString().slice(0, 7),
  ...more,
});
const after = (events: readonly BonusEvent[], state = initialBonus): BonusState =>
  events.reduce(
    (now, event) => evolveBonus(now, { ...event, revision: 0, actor: { id: 'bonuses', team: 'system' } }),
    state,
  );
const told = (events: readonly BonusEvent[]) =>
  events.map(({ type, data: { tier, crossing, period, members, lapsed } }) => ({
    type,
    tier,
    crossing,
    period,
    members,
    lapsed,
  }));

const crossed = (): LeadLife => touchedLead().paid('2026-02-10', eur(1000_00), 'p1');
const reached = {
  type: 'bonus.milestone-reached',
  tier: 'first',
  crossing: 1,
  period: '2026-02',
  members: [{ member: 'anna', minor: 100_00 }],
  lapsed: 0,
};

describe('EvaluateBonus', () => {
  it('given nothing, when a threshold is reached, then the milestone is recorded with the whole reward', () => {
    const events = evaluateBonus(evaluation(crossed()), initialBonus);
    expect(told(events)).toEqual([reached]);
    expect(events[0]).toMatchObject({
      occurredAt: at('2026-02-10'),
      leadId: LEAD,
      data: { planVersion: 1, planHash: 'hash-1', reward: 100_00, running: 1000_00, counted: ['payment-received-3'] },
    });
  });

  it('given the milestone, when it is evaluated again with as much or less, then nothing', () => {
    const lead = crossed();
    const state = after(evaluateBonus(evaluation(lead), initialBonus));
    expect(evaluateBonus(evaluation(lead), state)).toEqual([]);
    expect(evaluateBonus(evaluation(touchedLead(), { upTo: 1, knownTo: 99 }), state)).toEqual([]);
    expect(evaluateBonus(evaluation(lead, { upTo: 99, knownTo: 99 }), state)).toEqual([]);
  });

  it('given the milestone, when a refund brings the lead below, then it is reversed in the refund’s period; when it is annulled, restored', () => {
    const lead = crossed();
    const state = after(evaluateBonus(evaluation(lead), initialBonus));
    const refunded = crossed().refunded('2026-03-01', eur(1), 'p1');
    const events = evaluateBonus(evaluation(refunded), state);
    expect(told(events)).toEqual([
      {
        ...reached,
        type: 'bonus.milestone-reversed',
        period: '2026-03',
        members: [{ member: 'anna', minor: -100_00 }],
      },
    ]);
    expect(events[0]).toMatchObject({ data: { because: 'refund', caused: ['payment-refunded-4'], running: 999_99 } });
    const reversed = after(events, state);
    expect(evaluateBonus(evaluation(refunded, { upTo: 5 }), reversed)).toEqual([]);
    expect(told(evaluateBonus(evaluation(lead, { upTo: 6 }), reversed))).toEqual([
      { ...reached, type: 'bonus.adjusted', period: '2026-03' },
    ]);
  });

  it('given the milestone, when its payment never was, then it is reversed as a correction', () => {
    const state = after(evaluateBonus(evaluation(crossed()), initialBonus));
    const events = evaluateBonus(evaluation(crossed().paymentAnnulled('2026-03-01', 'p1')), state);
    expect(events).toMatchObject([
      {
        type: 'bonus.milestone-reversed',
        data: { because: 'correction', caused: ['cause'], planHash: 'hash-1', period: '2026-03' },
      },
    ]);
  });

  it('given the milestone, when the split is another one, then each member’s difference, with the touches', () => {
    const state = after(evaluateBonus(evaluation(crossed()), initialBonus));
    const shared = crossed().touch('2026-01-05', { member: 'bert' });
    const events = evaluateBonus(evaluation(shared), state);
    expect(told(events)).toEqual([
      {
        ...{ ...reached, type: 'bonus.adjusted', period: '2026-03' },
        members: [
          { member: 'anna', minor: -50_00 },
          { member: 'bert', minor: 50_00 },
        ],
      },
    ]);
    expect(events[0]?.data).toHaveProperty('touches.length', 2);
    const balance = after(events, state).crossings.get('first 1');
    expect([...(balance?.members ?? [])]).toEqual([
      ['anna', 50_00],
      ['bert', 50_00],
    ]);
  });

  it('given a closed period, when something of it becomes known, then it is booked in the next open one', () => {
    const closed = { openPeriod: () => '2026-04' };
    expect(told(evaluateBonus(evaluation(crossed(), closed), initialBonus))).toEqual([
      { ...reached, period: '2026-04' },
    ]);
  });

  it('given a crossing under one version, when a late payment moves it under another, then the difference under that one', () => {
    const higher = version(
      {
        effectiveFrom: '2026-02-15',
        tiers: [
          { id: 'first', threshold: eur(1000_00), reward: { kind: 'fixed', amount: eur(300_00) }, replace: false },
        ],
      },
      2,
    );
    const late = touchedLead().paid('2026-02-20', eur(1000_00), 'p1');
    const state = after(evaluateBonus(evaluation(late, { standings: late.judged([version(), higher]) }), initialBonus));
    const earlier = late.paid('2026-02-01', eur(1000_00), 'p0');
    const events = evaluateBonus(evaluation(earlier, { standings: earlier.judged([version(), higher]) }), state);
    expect(events).toMatchObject([
      {
        type: 'bonus.adjusted',
        data: { planVersion: 1, reward: 100_00, members: [{ member: 'anna', minor: -200_00 }] },
      },
    ]);
  });
});
