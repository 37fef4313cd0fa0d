import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stamp } from '#event-store/run-decider.js';
import type { EventStore } from '#event-store/event-store.js';
import type { DomainEvent } from '#kernel/envelope.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import { hashOf, PLAN, TERMS } from '#incentives/testing/book-life.js';
import { SIGNATORIES } from '#incentives/plan/terms.js';
import { openLedger } from './ledger.js';

const NAMESPACE = '0b8d8a5e-3c55-5b0e-8a61-6f9f0c7b1c22' as Uuid; // UUID text
const DAY = 86_400_000;
const BEGIN = Date.UTC(2026, 0, 5, 9);
export const PAYMENTS_A_LEAD = 10;
/** Leads whose stories run side by side: payments of one lie so many appends apart. */
const COHORT = 2_000;
const IN_FLIGHT = 2_000;
const PEOPLE = 8;
const CHANNELS = ['email', 'events', 'paid-search', 'webinar'];

/**
 * Fills a folder with leads that pay ten times each, under a plan that was signed before: two touches, a deal, payments a month apart, of which every twentieth is
 * partly refunded. About two of three leads reach the threshold. A folder that holds a finished ledger is left as it is.
 */
export async function generatePayments(folder: string, payments: number, say: (text: string) => void): Promise<void> {
  const done = join(folder, 'generated');
  if (existsSync(done) && Number(readFileSync(done, 'utf8')) === payments) return;
  mkdirSync(folder, { recursive: true });
  const ledger = await openLedger(folder);
  try {
    const began = performance.now();
    const story = payingLeads(ledger.eventStore, ledger.organisation.currency);
    await story.plan();
    await story.leads(0, Math.ceil(payments / PAYMENTS_A_LEAD));
    say(`generated ${payments} payments in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
    writeFileSync(done, String(payments));
  } finally {
    await ledger.close();
  }
}

/** The same stories for a ledger that is open: a lead's number says what happens to it. */
export function payingLeads(store: EventStore, currency: string) {
  const revisions = new Map<string, number>();
  let pending: Promise<unknown>[] = [];
  const settle = async (): Promise<void> => {
    await Promise.all(pending);
    pending = [];
  };
  const append: Append = async (stream, occurredAt, leadId, type, data) => {
    const revision = revisions.get(stream) ?? -1;
    revisions.set(stream, revision + 1);
    const commandId = uuidv5(NAMESPACE, `${stream} ${revision}`);
    const context = {
      ...{ commandId, commandDigest: 'payments', correlationId: commandId, causationId: null },
      ...{ actor: { id: 'billing', team: 'system' as const }, now: occurredAt },
    };
    const event: DomainEvent = { type, occurredAt, leadId, pass: null, data };
    const expected = revision === -1 ? ('no-stream' as const) : revision;
    pending.push(store.append(stream, [stamp(store, stream, context, event, 0)], { expected }));
    if (pending.length >= IN_FLIGHT) await settle();
  };
  const money = (minor: number) => ({ minor, currency });
  return {
    async plan(): Promise<void> {
      await signPlan(append, money);
      await settle();
    },
    async leads(from: number, to: number): Promise<void> {
      for (let first = from; first < to; first += COHORT) {
        const cohort = Array.from({ length: Math.min(COHORT, to - first) }, (_, number) => first + number);
        for (let step = 0; step < 4 + PAYMENTS_A_LEAD; step++)
          for (const number of cohort) await tell(append, money, number, step);
        await settle();
        revisions.clear();
      }
    },
  };
}

type Append = (stream: string, at: number, leadId: Uuid | null, type: string, data: unknown) => Promise<void>;
type MoneyOf = (minor: number) => { readonly minor: number; readonly currency: string };

/** 1,000.00 of profit pay 100.00. */
async function signPlan(append: Append, money: MoneyOf): Promise<void> {
  const stream = `bonusplan-${PLAN}`;
  const tiers = TERMS.tiers.map((tier) => ({
    ...tier,
    threshold: money(1000_00),
    reward: { kind: 'fixed', amount: money(100_00) },
  }));
  const terms = { ...TERMS, tiers };
  const version = { planId: PLAN, version: 1, hash: hashOf(1) };
  await append(stream, BEGIN, null, 'bonusplan.drafted', { ...version, terms });
  for (const as of SIGNATORIES)
    await append(stream, BEGIN, null, 'bonusplan.signed', {
      ...{ ...version, as, member: TERMS.signatories[as], authenticated: true },
    });
}

/** One step of a lead's story; always the same. */
async function tell(append: Append, money: MoneyOf, number: number, step: number): Promise<void> {
  const leadId = uuidv5(NAMESPACE, `lead ${number}`);
  const [lead, deal] = [`lead-${leadId}`, `deal-${uuidv5(NAMESPACE, `deal ${number}`)}`];
  const at = BEGIN + (number % 25) * DAY + step * 3 * DAY;
  const origin = {
    channel: CHANNELS[number % CHANNELS.length],
    source: null,
    medium: null,
    campaign: null,
    content: null,
  };
  const about = { account: null, product: null, segment: null, country: null };
  if (step === 0) {
    const owner = { owner: null, ownerTeam: null, channelRule: null };
    const details = { person: null, company: null, externalIds: [], segment: null, country: null, product: null };
    return append(lead, at, leadId, 'lead.created', { ...origin, ...details, ...owner, dimensions: {} });
  }
  if (step < 3) {
    const member = `member.${(number * 7 + step) % PEOPLE}`;
    return append(lead, at, leadId, 'lead.touched', {
      ...{ ...origin, touchId: uuidv5(leadId, `touch ${step}`), member, team: 'marketing', kind: 'email' },
      ...{ channelRule: null, direction: 'outbound', outcome: null, recordingUrl: null, automated: false, note: null },
    });
  }
  if (step === 3) {
    const owned = { owner: null, ownerTeam: null, expectedCloseOn: null, rate: null, dimensions: {} };
    return append(deal, at, leadId, 'deal.opened', { ...about, ...owned, kind: 'new', stage: 'open', value: null });
  }
  const payment = step - 4;
  const paymentId = uuidv5(leadId, `payment ${payment}`);
  // 50.00 to 240.00 for each of a lead's payments, a fifth of it cost.
  const amount = 50_00 + ((number * 37) % 20) * 10_00 + payment;
  const paidAt = at + payment * 27 * DAY;
  await append(deal, paidAt, leadId, 'deal.payment-received', {
    ...{ paymentId, amount: money(amount), tax: null, cost: money(Math.round(amount / 5)), costBasis: 'given' },
    ...{ rate: null, reference: null },
  });
  if ((number + payment) % 20 !== 0) return;
  await append(deal, paidAt + DAY, leadId, 'deal.payment-refunded', {
    ...{
      refundId: uuidv5(leadId, `refund ${payment}`),
      paymentId,
      kind: 'refund',
      amount: money(Math.round(amount / 2)),
    },
    ...{ costRecovered: null, reason: null },
  });
}
