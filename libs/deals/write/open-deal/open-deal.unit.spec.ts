import type { LeadStage } from '#leads/events/lead-events.js';
import { DomainError } from '#kernel/errors.js';
import type { Team } from '#kernel/envelope.js';
import { initialDeal } from '../../deal.js';
import {
  asked,
  dealAfter,
  eur,
  happened,
  LEAD,
  NOW,
  on,
  OPENING,
  opened,
  TO_EUR,
  usd,
} from '../../testing/deal-life.js';
import { openDeal, type OpenDeal, type OpenDealFacts, type Opening } from './open-deal.js';

const OWNER = { owner: 'sam', team: 'sales' } as const;
const under = (stage: LeadStage, pass = 1): OpenDealFacts => ({ lead: { id: LEAD, stage, pass }, owner: OWNER });
const open = (input: Partial<OpenDeal>, facts = under('sql'), team: Team = 'sales', deal = initialDeal): Opening =>
  openDeal(asked({ lead: LEAD, value: eur(100_000), ...input }, { id: 'sam', team }), deal, facts);

describe('OpenDeal', () => {
  it('opens a deal in the pass of its lead, of kind new and in stage open unless said otherwise', () => {
    expect(open({ occurredAt: on(1) }, under('sql', 2))).toEqual({
      events: [{ ...happened('deal.opened', on(1), OPENING), pass: 2 }],
      reopensLead: false,
    });
  });

  it('keeps everything that it is told', () => {
    const told = {
      kind: 'renewal',
      account: 'Acme',
      product: 'GTX Pro',
      segment: 'retail',
      country: 'PT',
      stage: 'proposal',
      expectedCloseOn: '2026-06-01',
      dimensions: { office: 'Lisbon' },
    } as const;
    const { events } = open({ ...told, value: usd(500), rate: TO_EUR, assumed: ['occurredAt'] });
    expect(events).toEqual([
      happened('deal.opened', NOW, { ...OPENING, ...told, value: usd(500), rate: TO_EUR, assumed: ['occurredAt'] }),
    ]);
  });

  it('opens a deal without a lead', () => {
    const { events } = open({ lead: null }, { lead: null, owner: OWNER });
    expect(events).toMatchObject([{ leadId: null, pass: null }]);
  });

  it.each(['lead', 'mql', 'sal', 'sql'] as const)('leaves a lead in stage %s as it is', (stage) => {
    expect(open({}, under(stage)).reopensLead).toBe(false);
  });

  it.each(['rejected', 'recycled'] as const)('reopens a %s lead', (stage) => {
    expect(open({}, under(stage)).reopensLead).toBe(true);
  });

  it('refuses a disqualified lead', () => {
    expect(refusal(() => open({}, under('disqualified')))).toEqual(['refused', 'LEAD.TRANSITION_REFUSED']);
  });

  it('refuses a lead that does not exist', () => {
    expect(refusal(() => open({}, { lead: 'unknown', owner: OWNER }))).toEqual(['not-found', 'LEAD.NOT_FOUND']);
  });

  it.each(['sales', 'system'] as const)('is open to team %s', (team) => {
    expect(open({}, under('sql'), team).events).toHaveLength(1);
  });

  it.each(['marketing', 'finance', 'management'] as const)('is closed to team %s', (team) => {
    expect(refusal(() => open({}, under('sql'), team))).toEqual(['forbidden', 'LEAD.WRONG_TEAM']);
  });

  it('finds nothing to do when the same deal is there, whatever became of its lead', () => {
    const deal = dealAfter([opened()]);
    expect(open({ occurredAt: on(1) }, under('disqualified'), 'sales', deal)).toEqual({
      events: [],
      reopensLead: false,
    });
    expect(open({}, under('rejected'), 'sales', deal)).toEqual({ events: [], reopensLead: false });
  });

  it('refuses an id that another deal has', () => {
    const deal = dealAfter([opened()]);
    for (const other of [
      { value: eur(1) },
      { occurredAt: on(2) },
      { lead: null },
      { stage: 'demo' },
      { kind: 'renewal' } as const,
    ]) {
      expect(refusal(() => open(other, under('sql'), 'sales', deal))).toEqual(['refused', 'DEAL.MEANS_SOMETHING_ELSE']);
    }
  });

  it('needs a rate for another currency, and drops one that is not needed', () => {
    expect(refusal(() => open({ value: usd(500) }))).toEqual(['unprocessable', 'MONEY.NO_RATE']);
    expect(refusal(() => open({ value: usd(500), rate: { ...TO_EUR, to: 'GBP' } }))).toEqual([
      'unprocessable',
      'MONEY.NO_RATE',
    ]);
    expect(open({ rate: TO_EUR }).events).toMatchObject([{ data: { rate: null } }]);
  });

  it('refuses a negative value, a rate for nothing and a day to come', () => {
    expect(refusal(() => open({ value: eur(-1) }))).toEqual(['malformed', 'DEAL.NEGATIVE_VALUE']);
    expect(refusal(() => open({ value: null, rate: TO_EUR }))).toEqual(['malformed', 'DEAL.RATE_WITHOUT_VALUE']);
    expect(refusal(() => open({ occurredAt: NOW + 300_001 }))).toEqual(['malformed', 'REQUEST.OCCURRED_IN_FUTURE']);
    expect(open({ occurredAt: NOW + 300_000 }).events).toHaveLength(1);
  });
});

function refusal(attempt: () => unknown): [string, string] | null {
  try {
    attempt();
  } catch (error) {
    if (error instanceof DomainError) return [error.kind, error.code];
    throw error;
  }
  return null;
}
