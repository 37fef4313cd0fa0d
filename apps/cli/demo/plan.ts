import type { Actor } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import { qualifyMql } from '#leads/write/qualify-mql/qualify-mql.js';
import { disqualifyLead } from '#leads/write/disqualify-lead/disqualify-lead.js';
import { reopenLead } from '#leads/write/reopen-lead/reopen-lead.js';
import { recycleLead } from '#leads/write/recycle-lead/recycle-lead.js';
import { rejectLead } from '#leads/write/reject-lead/reject-lead.js';
import { acceptLead } from '#leads/write/accept-lead/accept-lead.js';
import { qualifySql } from '#leads/write/qualify-sql/qualify-sql.js';
import { annulStage } from '#leads/write/annul-stage/annul-stage.js';
import { reviewLead } from '#leads/write/review-lead/review-lead.js';
import {
  AUTOMATION,
  DAY,
  HEAD_OF_MARKETING,
  HEAD_OF_SALES,
  HOUR,
  MINUTE,
  type Channel,
  type Segment,
} from './company.js';
import { createIntent, detailIntents } from './plan-creation.js';
import { dealIntents } from './plan-deal.js';
import { salesTouches, nurtureTouches, lateTouch } from './plan-touches.js';
import type { Random } from './random.js';
import type { Intent } from './scene.js';
import { assign, someone, tell, workingTime, type Telling } from './telling.js';

/** The plan of one lead's life, from its first click to its last payment; branches are drawn beforehand, the decisions judge them when they come. */
export function plan(
  random: Random,
  index: number,
  createdAt: Instant,
  channel: Channel,
  segment: Segment,
  currency: string,
): readonly Intent[] {
  const telling: Telling = { random, channel, segment, currency, intents: [], deals: 0 };
  const knownAt = createIntent(telling, index, createdAt);
  detailIntents(telling, knownAt);
  nurtureTouches(telling, knownAt);
  if (channel.outbound === true) work(telling, knownAt, someone(telling, 'sdr', knownAt), 1);
  else if (random.chance(channel.mql))
    marketingQualifies(telling, knownAt + random.exponential(2.2 * DAY) + 20 * MINUTE, 1);
  else if (random.chance(0.1)) {
    const reason = random.pick(['student-or-applicant', 'competitor', 'invalid', 'out-of-market'] as const);
    tell(
      telling,
      marketer(telling, knownAt),
      workingTime(random, knownAt + random.exponential(4 * DAY)),
      (scene, ask) => ({
        lead: disqualifyLead(ask.lead({ reason, note: null }), scene.lead, scene.deals),
      }),
    );
  } else if (random.chance(0.04))
    work(telling, workingTime(random, knownAt + random.exponential(3 * DAY)), someone(telling, 'sdr', knownAt), 1);
  return telling.intents;
}

function marketingQualifies(telling: Telling, at: Instant, pass: number): void {
  const { random } = telling;
  const score = random.whole(50, 100);
  const actor = random.chance(0.75) ? AUTOMATION : marketer(telling, at);
  const input = {
    definition: at < MQL_2 ? 'mql@1' : 'mql@2',
    evidence: [
      { rule: 'score', value: score },
      { rule: 'visited-pricing', value: random.chance(0.6) },
    ],
  };
  tell(telling, actor, at, (scene, ask) => ({ lead: qualifyMql(ask.lead(input), scene.lead, scene.deals) }));
  lateTouch(telling, at);
  const sdr = someone(telling, 'sdr', at);
  if (random.chance(0.85)) {
    const assignedAt = workingTime(random, at + random.exponential(5 * HOUR));
    // Some hand-overs are entered days later, with the day on which they took place.
    assign(telling, HEAD_OF_SALES, assignedAt, sdr, random.chance(0.03) ? random.exponential(4 * DAY) : 0);
  }
  work(telling, workingTime(random, at + random.exponential(1.4 * DAY)), sdr, pass);
}

/** The definition was tightened once. */
const MQL_2 = Date.UTC(2025, 3, 1);

/** Sales gets in touch, and accepts, rejects, or lets it lie. */
function work(telling: Telling, from: Instant, sdr: Actor, pass: number): void {
  const { random, channel } = telling;
  const reachedAt = salesTouches(telling, from, sdr);
  if (random.chance(channel.accept + (pass > 1 ? 0.1 : 0))) {
    const acceptedAt = reachedAt + random.whole(5, 90) * MINUTE;
    tell(telling, sdr, acceptedAt, (scene, ask) => ({
      lead: acceptLead(ask.lead({ note: null }), scene.lead, scene.deals),
    }));
    if (random.chance(0.3)) intakeReview(telling, sdr, acceptedAt + random.whole(10, 600) * MINUTE);
    need(telling, acceptedAt, sdr, pass);
    return;
  }
  const next = random.next();
  if (next < 0.6) rejects(telling, reachedAt + random.exponential(1.5 * DAY), sdr, pass);
  else if (next < 0.8) {
    const recycledAt = from + 14 * DAY;
    recycles(telling, HEAD_OF_MARKETING, recycledAt, 'not-worked-in-time');
    reenters(telling, recycledAt, pass, 0.2);
  }
}

function rejects(telling: Telling, at: Instant, sdr: Actor, pass: number): void {
  const { random } = telling;
  const reason = random.pick([
    'not-a-fit',
    'no-need',
    'no-budget',
    'unreachable',
    'unreachable',
    'wrong-person',
    'incomplete-data',
    'duplicate',
    'bad-timing',
  ] as const);
  const rejectedAt = workingTime(random, at);
  tell(telling, sdr, rejectedAt, (scene, ask) => ({
    lead: rejectLead(ask.lead({ reason, note: null }), scene.lead, scene.deals),
  }));
  if (random.chance(0.05)) {
    // The wrong button: the head of sales takes it back, and it goes on.
    const backAt = rejectedAt + random.whole(1, 20) * HOUR;
    tell(telling, HEAD_OF_SALES, backAt, (scene, ask) => ({
      lead: reopenLead({ ...ask.lead({ mode: 'correction' as const, note: null }), role: 'head' }, scene.lead),
    }));
    const acceptedAt = backAt + random.exponential(DAY);
    tell(telling, sdr, acceptedAt, (scene, ask) => ({
      lead: acceptLead(ask.lead({ note: null }), scene.lead, scene.deals),
    }));
    need(telling, acceptedAt, sdr, pass);
  } else reenters(telling, rejectedAt, pass, 0.12);
}

/** Sales finds a real need, or not now, or never. */
function need(telling: Telling, acceptedAt: Instant, sdr: Actor, pass: number): void {
  const { random } = telling;
  const foundAt = workingTime(random, acceptedAt + random.exponential(4 * DAY) + HOUR);
  if (random.chance(0.62)) {
    const qualify = (at: Instant): void =>
      tell(telling, sdr, at, (scene, ask) => ({ lead: qualifySql(ask.lead({ note: null }), scene.lead, scene.deals) }));
    qualify(foundAt);
    let qualifiedAt = foundAt;
    if (random.chance(0.02)) {
      tell(telling, sdr, foundAt + 10 * MINUTE, (scene, ask) => ({
        lead: annulStage(ask.lead({ reason: 'clicked the wrong lead' }), scene.lead, scene.deals),
      }));
      qualifiedAt = foundAt + random.exponential(3 * DAY) + HOUR;
      qualify(qualifiedAt);
    }
    if (random.chance(0.8)) {
      const lostAt = dealIntents(telling, qualifiedAt, pass);
      if (lostAt !== null && random.chance(0.4)) {
        recycles(telling, HEAD_OF_SALES, lostAt + random.exponential(3 * DAY), 'deal-lost');
        reenters(telling, lostAt, pass, 0.22);
      }
    }
    return;
  }
  const next = random.next();
  const endedAt = workingTime(random, foundAt + random.exponential(6 * DAY));
  if (next < 0.7) {
    recycles(telling, sdr, endedAt, random.pick(['bad-timing', 'no-budget', 'no-response', 'no-response'] as const));
    reenters(telling, endedAt, pass, 0.3);
  } else if (next < 0.8) {
    tell(telling, sdr, endedAt, (scene, ask) => ({
      lead: disqualifyLead(ask.lead({ reason: 'out-of-market', note: null }), scene.lead, scene.deals),
    }));
  }
}

function recycles(telling: Telling, actor: Actor, at: Instant, reason: string): void {
  const until = reason === 'bad-timing' ? new Date(at + 90 * DAY).toISOString().slice(0, 10) : null;
  tell(telling, actor, workingTime(telling.random, at), (scene, ask) => ({
    lead: recycleLead(ask.lead({ reason, note: null, until }), scene.lead, scene.deals),
  }));
}

/** Months later they come back, as a new pass. */
function reenters(telling: Telling, endedAt: Instant, pass: number, chance: number): void {
  const { random } = telling;
  if (pass >= 3 || !random.chance(chance)) return;
  marketingQualifies(telling, endedAt + 40 * DAY + random.exponential(60 * DAY), pass + 1);
}

function intakeReview(telling: Telling, sdr: Actor, at: Instant): void {
  const { random } = telling;
  const input = {
    phase: 'intake' as const,
    quality: Math.min(5, random.whole(1, 4) + (random.chance(telling.channel.accept) ? 1 : 0)),
    needs: [random.pick(['reporting', 'automation', 'one-place', 'cost-control', 'compliance'] as const)],
    challenges: random.chance(0.5)
      ? [random.pick(['no-budget-yet', 'many-deciders', 'existing-contract', 'small-team'] as const)]
      : [],
    helped: [],
    wentWrong: [],
    note: null,
  };
  tell(telling, sdr, at, (scene, ask) => ({ lead: reviewLead(ask.lead(input), scene.lead) }));
}

const marketer = (telling: Telling, at: Instant): Actor => someone(telling, 'marketer', at);
