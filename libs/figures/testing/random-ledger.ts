import fc from 'fast-check';
import type { RecordedEvent } from '#kernel/envelope.js';
import { toldLedger, uuid, type Told, type ToldLedger } from './recorded.js';

/**
 * Ledgers of a few leads and deals as they may come to be: late, back-dated and simultaneous events, touches before the creation, annulments,
 * corrections, re-entries, reopened and annulled deals, foreign currencies, refunds in parts, deals without lead.
 */
export const ledgers = (
  options: { readonly maxSteps?: number; readonly gap?: number; readonly currency?: string } = {},
): fc.Arbitrary<readonly RecordedEvent[]> =>
  fc
    .array(STEP, { minLength: 1, maxLength: options.maxSteps ?? 60, size: 'max' })
    .map((steps) => play(steps, options.gap ?? 1, options.currency ?? 'EUR'));

interface Step {
  readonly move: number;
  readonly lead: number;
  readonly day: number;
  readonly pick: number;
}

const STEP: fc.Arbitrary<Step> = fc.record({ move: fc.nat(99), lead: fc.nat(3), day: fc.nat(11), pick: fc.nat(1000) });

interface LeadState {
  readonly id: string;
  pass: number;
  touches: string[];
  /** Standing stage events that may be annulled, by revision. */
  stages: { revision: number; stage: 'mql' | 'sal' | 'sql' }[];
  /** Revision of the exit that stands. */
  exit: number | null;
}

interface DealState {
  readonly id: string;
  readonly lead: string | null;
  readonly pass: number;
  closed: boolean;
  payments: { id: string; left: number; refunds: { id: string; amount: number }[]; currency: string }[];
}

interface World {
  /** The organisation's. */
  readonly currency: string;
  readonly ledger: ToldLedger;
  readonly leads: Map<number, LeadState>;
  deals: DealState[];
  spends: { account: string; id: string; day: string }[];
  names: number;
}

const FIRST_DAY = Date.UTC(2026, 0, 5);
const HALF_DAY = 43_200_000;
const some = <T>(list: readonly T[], pick: number): T => list[pick % list.length] as T; // never empty here
const CHANNELS = ['ads', 'email', null, 'direct'];
const OWNERS = ['bob', 'cid', null];
const SEGMENTS = ['small', 'large', null];

function play(steps: readonly Step[], gap: number, currency: string): readonly RecordedEvent[] {
  const world: World = { currency, ledger: toldLedger({ gap }), leads: new Map(), deals: [], spends: [], names: 0 };
  for (const step of steps) {
    if (step.move >= 95) {
      spendMove(world, step);
      continue;
    }
    const lead = world.leads.get(step.lead);
    if (lead === undefined && step.move % 9 !== 0) create(world, step);
    else if (lead === undefined || step.move >= 50) dealMove(world, lead, step);
    else leadMove(world, lead, step);
  }
  return world.ledger.events;
}

/** Half days, so that several things happen at one moment and day. */
const told = (step: Step, more: Told = {}): Told => ({ occurredAt: FIRST_DAY + step.day * HALF_DAY, ...more });

function create({ ledger, leads }: World, step: Step): void {
  const { pick } = step;
  const id = uuid(1000 + step.lead);
  leads.set(step.lead, { id, pass: 1, touches: [], stages: [], exit: null });
  const owner = some(OWNERS, pick >> 2);
  const assumed = pick % 11 === 0 ? { assumed: ['occurredAt'] as const } : {};
  const data = {
    channel: some(CHANNELS, pick),
    campaign: pick % 5 === 0 ? 'spring' : null,
    segment: some(SEGMENTS, pick >> 3),
    owner,
    ownerTeam: owner === null ? null : ('sales' as const),
  };
  ledger.lead(
    id,
    'lead.created',
    { ...data, dimensions: pick % 3 === 0 ? { region: 'north' } : {}, ...assumed },
    told(step),
  );
}

function leadMove(world: World, lead: LeadState, step: Step): void {
  const { ledger } = world;
  const { pick, move } = step;
  const { id, pass } = lead;
  const at = told(step, { pass });
  switch (move % 10) {
    case 0:
    case 1: {
      const touchId = `t${++world.names}`;
      lead.touches.push(touchId);
      ledger.lead(
        id,
        'lead.touched',
        {
          touchId,
          direction: some(['outbound', 'inbound', null], pick >> 1),
          outcome: some(['connected', 'attempted', null], pick >> 3),
          automated: pick % 7 === 0,
          channel: some(CHANNELS, pick),
          campaign: some(['autumn', null], pick >> 2),
          source: some(['x', null], pick >> 4),
          team: some([null, 'marketing', 'sales', 'system'] as const, pick >> 5),
          member: some(['ann', null], pick >> 6),
          kind: some(['email', 'webinar'], pick >> 7),
        },
        at,
      );
      return;
    }
    case 2: {
      const [touchId] = lead.touches.splice(pick % Math.max(1, lead.touches.length), 1);
      if (touchId !== undefined) ledger.lead(id, 'lead.touch-annulled', { touchId, reason: null }, at);
      return;
    }
    case 3: {
      const owner = some(OWNERS, pick);
      ledger.lead(
        id,
        'lead.assigned',
        { owner, team: owner === null ? null : some(['marketing', 'sales'], pick >> 3) },
        at,
      );
      return;
    }
    case 4: {
      const change = some(
        [
          { channel: some(CHANNELS, pick >> 2) },
          { segment: some(SEGMENTS, pick >> 2) },
          { dimensions: { region: some(['south', null], pick >> 2) } },
        ],
        pick,
      );
      ledger.lead(id, 'lead.details-changed', change, at);
      return;
    }
    case 5:
      stage(world, lead, 'mql', step);
      return;
    case 6:
      stage(world, lead, 'sal', step);
      return;
    case 7:
      stage(world, lead, 'sql', step);
      return;
    case 8: {
      const last = lead.stages.pop();
      if (last !== undefined)
        ledger.lead(
          id,
          'lead.stage-annulled',
          { annuls: last.revision, stage: last.stage, cancelsPass: false, reason: null },
          at,
        );
      return;
    }
    default:
      if (pick % 5 < 2) review(world, lead, step);
      else leave(world, lead, step);
  }
}

/** By one of two reviewers of sales, or marketing's answer; also of an earlier pass. */
function review({ ledger }: World, lead: LeadState, step: Step): void {
  const { pick } = step;
  const actor = some(
    [
      { id: 'sam', team: 'sales' },
      { id: 'zoe', team: 'sales' },
      { id: 'mia', team: 'marketing' },
    ] as const,
    pick >> 3,
  );
  const data = {
    phase: some(['intake', 'outcome'] as const, pick >> 1),
    quality: some([null, 1, 4, 5], pick >> 2),
    needs: some([[], ['reporting'], ['reporting', 'speed']], pick >> 4),
    challenges: some([[], ['no-time']], pick >> 5),
    helped: some([[], ['demo']], pick >> 6),
    wentWrong: some([[], ['slow']], pick >> 7),
    note: null,
  };
  const pass = 1 + (pick % lead.pass);
  ledger.lead(lead.id, 'lead.reviewed', data, told(step, { pass, actor }));
}

/** Out, back in by a correction, or in again by a new pass. */
function leave({ ledger }: World, lead: LeadState, step: Step): void {
  const { pick } = step;
  const at = told(step, { pass: lead.pass });
  if (pick % 3 > 0 && lead.exit === null) {
    const type = some(['lead.rejected', 'lead.recycled', 'lead.disqualified'] as const, pick >> 2);
    const assumed = pick % 13 === 0 ? { assumed: ['occurredAt'] as const } : {};
    lead.exit = ledger.lead(
      lead.id,
      type,
      { reason: some(['other', 'no-need'], pick >> 5), note: null, ...assumed },
      at,
    ).revision;
    return;
  }
  if (lead.exit !== null && pick % 2 === 0) {
    ledger.lead(lead.id, 'lead.reopened', { mode: 'correction', annuls: lead.exit, note: null }, at);
  } else {
    lead.pass += 1;
    const again = told(step, { pass: lead.pass });
    ledger.lead(lead.id, 'lead.reopened', { mode: 'new-pass', annuls: null, note: null }, again);
  }
  lead.exit = null;
}

function stage({ ledger }: World, lead: LeadState, kind: 'mql' | 'sal' | 'sql', step: Step): void {
  const at = told(step, { pass: lead.pass, actor: { id: 'sam', team: 'sales' } });
  const assumed = step.pick % 13 === 0 ? { assumed: ['occurredAt'] as const } : {};
  const event =
    kind === 'mql'
      ? ledger.lead(lead.id, 'lead.mql-qualified', { definition: 'mql@1', evidence: [], ...assumed }, at)
      : kind === 'sal'
        ? ledger.lead(lead.id, 'lead.accepted', { becomesOwner: step.pick % 2 === 0 ? 'sam' : null, ...assumed }, at)
        : ledger.lead(lead.id, 'lead.sql-qualified', { note: null, ...assumed }, at);
  lead.stages.push({ revision: event.revision, stage: kind });
}

function dealMove(world: World, lead: LeadState | undefined, step: Step): void {
  const own = world.deals.filter((deal) => deal.lead === (lead?.id ?? null));
  if (own.length === 0 || step.move % 7 === 0) {
    open(world, lead, step);
    return;
  }
  const deal = some(own, step.pick >> 4);
  if (step.move % 2 === 0) moneyMove(world, deal, step);
  else changeMove(world, deal, step);
}

/** Spend of two accounts in two months; a correction may change anything but the day. */
function spendMove(world: World, { pick, day }: Step): void {
  const known = some([...world.spends, null], pick);
  const foreign = pick % 5 === 0;
  const values = {
    campaign: some(['autumn', null], pick >> 1),
    channel: some(['ads', 'email'], pick >> 2),
    kind: some(['media', 'tool'] as const, pick >> 3),
    amount: { minor: pick % 7 === 0 ? 0 : pick, currency: foreign ? 'USD' : world.currency },
    rate: foreign ? rateTo(world.currency) : null,
    impressions: some([null, 100, 0], pick >> 4),
    clicks: some([null, 3], pick >> 5),
  };
  if (known !== null) {
    world.ledger.spend(known.account, 'spend.corrected', {
      ...values,
      spendId: known.id,
      day: known.day,
      reason: null,
    });
    return;
  }
  const spend = {
    account: some(['account-a', 'account-b'], pick),
    id: `s${++world.names}`,
    day: day % 2 === 0 ? '2026-01-05' : '2026-02-01',
  };
  world.spends.push(spend);
  world.ledger.spend(spend.account, 'spend.recorded', { ...values, spendId: spend.id, day: spend.day });
}

const rateTo = (to: string) => ({ to, value: '0.9137', source: null, on: null });

function open(world: World, lead: LeadState | undefined, step: Step): void {
  const { pick } = step;
  const deal: DealState = {
    id: uuid(5000 + ++world.names),
    lead: lead?.id ?? null,
    pass: lead?.pass ?? 1,
    closed: false,
    payments: [],
  };
  world.deals.push(deal);
  const foreign = pick % 4 === 0;
  const owner = some(OWNERS, pick);
  const assumed = pick % 7 === 0 ? { assumed: [some(['opening', 'occurredAt'] as const, pick)] } : {};
  const value = pick % 3 === 0 ? null : { minor: 1000 + pick, currency: foreign ? 'USD' : world.currency };
  const data = {
    kind: some(['new', 'new', 'expansion'] as const, pick >> 2),
    owner,
    ownerTeam: owner === null ? null : ('sales' as const),
    product: some(['disk', null], pick),
    value,
    rate: foreign ? rateTo(world.currency) : null,
  };
  world.ledger.deal(
    deal.id,
    deal.lead,
    'deal.opened',
    { ...data, dimensions: pick % 5 === 0 ? { region: 'west' } : {}, ...assumed },
    told(step, { pass: deal.pass }),
  );
}

function changeMove(world: World, deal: DealState, step: Step): void {
  const { ledger } = world;
  const { pick, move } = step;
  const at = told(step, { pass: deal.pass });
  switch ((move >> 1) % 6) {
    case 0: {
      if (deal.closed) return;
      deal.closed = true;
      const value = pick % 3 === 0 ? null : { minor: 2000 + pick, currency: world.currency };
      const assumed = pick % 11 === 0 ? { assumed: ['occurredAt'] as const } : {};
      const reason = some([{}, { reason: 'price' }, { reason: 'timing' }], pick >> 3);
      ledger.deal(deal.id, deal.lead, pick % 4 === 0 ? 'deal.lost' : 'deal.won', { value, ...reason, ...assumed }, at);
      return;
    }
    case 1:
      if (deal.closed) ledger.deal(deal.id, deal.lead, 'deal.reopened', { reason: null }, at);
      deal.closed = false;
      return;
    case 2:
      ledger.deal(deal.id, deal.lead, 'deal.advanced', { stage: some(['demo', 'offer'], pick) }, at);
      return;
    case 3:
      ledger.deal(deal.id, deal.lead, 'deal.assigned', { owner: some(OWNERS, pick), team: 'sales' }, at);
      return;
    case 4:
      ledger.deal(
        deal.id,
        deal.lead,
        'deal.amended',
        pick % 2 === 0
          ? { value: { minor: pick, currency: world.currency }, reason: null }
          : { product: some(['tape', null], pick >> 1), reason: null },
        at,
      );
      return;
    default:
      if (deal.payments.length > 0 || pick % 3 > 0) return;
      ledger.deal(deal.id, deal.lead, 'deal.annulled', { reason: null }, at);
      world.deals = world.deals.filter((other) => other !== deal);
  }
}

function moneyMove(world: World, deal: DealState, step: Step): void {
  const { ledger } = world;
  const { pick, move } = step;
  const at = told(step, { pass: deal.pass });
  const payment = deal.payments.length === 0 ? undefined : some(deal.payments, pick);
  if (payment === undefined || (move >> 1) % 4 === 0) {
    const currency = pick % 5 === 0 ? 'USD' : world.currency;
    const amount = pick % 9 === 0 ? 0 : 100 + pick;
    const cost = pick % 3 === 0 ? null : { minor: 50 + (pick % 50), currency };
    const paymentId = `p${++world.names}`;
    deal.payments.push({ id: paymentId, left: amount, refunds: [], currency });
    ledger.deal(
      deal.id,
      deal.lead,
      'deal.payment-received',
      {
        paymentId,
        amount: { minor: amount, currency },
        cost,
        rate: currency === 'USD' ? rateTo(world.currency) : null,
      },
      at,
    );
    return;
  }
  switch ((move >> 1) % 4) {
    case 1: {
      if (payment.left === 0) return;
      const amount = pick % 2 === 0 ? payment.left : Math.ceil(payment.left / 3);
      const refundId = `r${++world.names}`;
      payment.left -= amount;
      payment.refunds.push({ id: refundId, amount });
      const costRecovered = pick % 3 === 0 ? { minor: 10, currency: payment.currency } : null;
      ledger.deal(
        deal.id,
        deal.lead,
        'deal.payment-refunded',
        { refundId, paymentId: payment.id, amount: { minor: amount, currency: payment.currency }, costRecovered },
        at,
      );
      return;
    }
    case 2: {
      const refund = payment.refunds.pop();
      if (refund === undefined) return;
      payment.left += refund.amount;
      ledger.deal(
        deal.id,
        deal.lead,
        'deal.refund-annulled',
        { refundId: refund.id, paymentId: payment.id, reason: null },
        at,
      );
      return;
    }
    default:
      if (pick % 2 === 0) return;
      deal.payments = deal.payments.filter((other) => other !== payment);
      ledger.deal(deal.id, deal.lead, 'deal.payment-annulled', { paymentId: payment.id, reason: null }, at);
  }
}
