import fc from 'fast-check';
import type { Uuid } from '#kernel/ids.js';
import type { BonusEvent } from '../events/bonus-events.js';
import type { KnowledgeEvent } from '../earning/knowledge.js';
import type { Reward } from '../plan/terms.js';
import { BookLife, eur, LEAD, PLAN } from '../testing/book-life.js';
import { LeadLife, version } from '../testing/lead-life.js';
import type { Changes } from './changes.js';
import { replayBonuses } from './replay-bonuses.js';

const NOTHING: Changes = { remove: new Set(), touches: [], owners: [], costs: [], split: null };

interface Told {
  readonly kind: 'touch' | 'pay' | 'refund' | 'annul';
  readonly day: number;
  readonly member: string;
  readonly amount: number;
  readonly which: number;
}

const steps = fc.array(
  fc.record<Told>({
    kind: fc.constantFrom('touch', 'pay', 'pay', 'refund', 'annul'),
    day: fc.integer({ min: 1, max: 90 }),
    member: fc.constantFrom('mia', 'max'),
    amount: fc.integer({ min: 1, max: 900_00 }),
    which: fc.nat(),
  }),
  { maxLength: 14 },
);
const reward: fc.Arbitrary<Reward> = fc.constantFrom<Reward>(
  { kind: 'fixed', amount: eur(100_00) },
  { kind: 'share', percent: '7.5' },
  { kind: 'ongoing', percent: '3' },
);

const dayOf = (day: number): string => new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10);

/** Payments, refunds within them, touches, and payments that never were, recorded in any order. */
function lifeOf(story: readonly Told[]): LeadLife {
  const life = new LeadLife().touch('2026-01-01', { member: 'mia' }).deal('2026-01-02');
  const left = new Map<string, { minor: number; day: number }>();
  for (const { kind, day, member, amount, which } of story) {
    const standing = [...left.keys()];
    const paymentId = standing[which % Math.max(1, standing.length)] ?? '';
    const paid = left.get(paymentId);
    if (kind === 'touch') life.touch(dayOf(day), { member });
    if (kind === 'pay') {
      const id = `p${left.size}-${life.events.length}`;
      left.set(id, { minor: amount, day });
      life.paid(dayOf(day), eur(amount), id);
    }
    if (kind === 'refund' && paid !== undefined) {
      const minor = Math.min(amount, paid.minor);
      if (minor > 0) life.refunded(dayOf(paid.day + (day % 30)), eur(minor), paymentId);
      left.set(paymentId, { ...paid, minor: paid.minor - minor });
    }
    if (kind === 'annul' && paid !== undefined) {
      life.paymentAnnulled(dayOf(day), paymentId);
      left.delete(paymentId);
    }
  }
  return life;
}

const planWith = (of: Reward) => ({ tiers: [{ id: 'first', threshold: eur(1000_00), reward: of, replace: false }] });

const rulesOf = (of: Reward): KnowledgeEvent[] =>
  new BookLife().plan(planWith(of)).events.map(({ type, occurredAt, data }, index) => {
    return { type, occurredAt, position: index - 10, actor: { id: 'fiona', team: 'finance' }, data: () => data };
  });

const replayed = (life: LeadLife, of: Reward, changes: Partial<Changes> = {}) =>
  replayBonuses({
    planId: PLAN,
    leadId: LEAD as Uuid, // UUID text
    own: life.events,
    rules: rulesOf(of),
    changes: { ...NOTHING, ...changes },
  });

/** What each member has of each crossing, without those that came to nothing. */
function balances(
  amounts: readonly { readonly key: string; readonly member: string; readonly minor: number }[],
): unknown {
  const sums = new Map<string, number>();
  for (const { key, member, minor } of amounts)
    sums.set(`${key} ${member}`, (sums.get(`${key} ${member}`) ?? 0) + minor);
  return Object.fromEntries([...sums].filter(([, minor]) => minor !== 0).sort());
}
const ofEvents = (events: ReturnType<typeof replayed>): unknown =>
  balances(
    events.flatMap(({ data }) => {
      const { tier, crossing, members } = data as BonusEvent['data']; // of bonus events
      return members.map(({ member, minor }) => ({ key: `${tier} ${crossing}`, member, minor }));
    }),
  );

describe('A replay of bonuses', () => {
  it('ends in what judging the whole says, whatever the order in which things were recorded', () => {
    fc.assert(
      fc.property(steps, reward, (story, of) => {
        const life = lifeOf(story);
        const due = balances(
          life
            .judged([version(planWith(of))])
            .flatMap(({ tier, crossing, members }) =>
              members.map(({ member, minor }) => ({ key: `${tier} ${crossing}`, member, minor })),
            ),
        );
        expect(ofEvents(replayed(life, of))).toEqual(due);
      }),
      { numRuns: 300 },
    );
  });

  it('without an event is the one of a history that never had it', () => {
    fc.assert(
      fc.property(steps, reward, fc.nat(), (story, of, which) => {
        const life = lifeOf(story);
        const removable = life.events.filter(({ type }) => type === 'lead.touched');
        const removed = removable[which % removable.length]?.eventId ?? '';
        const other = new LeadLife();
        other.events.push(...life.events.filter(({ eventId }) => eventId !== removed));
        expect(ofEvents(replayed(life, of, { remove: new Set([removed]) }))).toEqual(ofEvents(replayed(other, of)));
      }),
      { numRuns: 100 },
    );
  });
});
