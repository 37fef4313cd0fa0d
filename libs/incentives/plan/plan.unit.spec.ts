import { replay } from '#kernel/testing/given-when-then.js';
import { PLAN, TERMS } from '../testing/book-life.js';
import { accepted, active, drafted, ended, hashed, signed } from '../testing/plan-life.js';
import { planHash } from './plan-hash.js';
import { activeVersions, evolvePlan, initialPlan, isPayee, type BonusPlanState } from './plan.js';

const fold = (events: Parameters<typeof replay>[1]): BonusPlanState =>
  replay(
    { initialState: initialPlan, evolve: evolvePlan },
    events as Parameters<typeof replay<BonusPlanState, never>>[1],
  );

describe('A plan', () => {
  it('is active once all three heads have signed', () => {
    const signatures = [signed('sales'), signed('finance'), signed('marketing')];
    expect(activeVersions(fold([drafted(), ...signatures.slice(0, 2)]))).toEqual([]);
    expect(activeVersions(fold([drafted(), ...signatures]))).toEqual([
      { planId: PLAN, version: 1, hash: hashed(), terms: TERMS, activeFrom: 0 },
    ]);
  });

  it('is not made active by signatures on other terms', () => {
    const others = (['marketing', 'sales', 'finance'] as const).map((as) => signed(as, 1, { clawbackMonths: 6 }));
    expect(activeVersions(fold([drafted(), ...others]))).toEqual([]);
  });

  it('knows where the signature stands that made a version active', () => {
    const events = active().map((event, index) => ({ ...event, position: 10 * (index + 1), revision: index }));
    const plan = events.reduce(
      (state, event) => evolvePlan(state, { actor: { id: 'x', team: 'system' }, ...event }),
      initialPlan,
    );
    expect(activeVersions(plan)[0]?.activeFrom).toBe(40);
  });

  it('keeps a version in force while the next one is only drafted', () => {
    const plan = fold([...active(), drafted(2, { clawbackMonths: 6 }), signed('sales', 2, { clawbackMonths: 6 })]);
    expect(activeVersions(plan).map(({ version }) => version)).toEqual([1]);
  });

  it('holds until its last day once it is ended, by the hash that was signed', () => {
    const [version] = activeVersions(fold([...active(), ended('2026-05-31')]));
    expect(version).toMatchObject({ hash: hashed(), terms: { effectiveTo: '2026-05-31' } });
    const [shorter] = activeVersions(fold([...active(1, { effectiveTo: '2026-04-30' }), ended('2026-05-31')]));
    expect(shorter?.terms.effectiveTo).toBe('2026-04-30');
  });

  it('knows who accepted which version', () => {
    const plan = fold([...active(), accepted('mia'), ...active(2, { clawbackMonths: 6 })]);
    expect(plan.versions.map(({ acceptances }) => [...acceptances.keys()])).toEqual([['mia'], []]);
  });

  it('pays the team or exactly who is named', () => {
    expect(isPayee(TERMS, 'mia', 'marketing')).toBe(true);
    expect(isPayee(TERMS, 'sam', 'sales')).toBe(false);
    expect(isPayee({ ...TERMS, payees: { members: ['sam'] } }, 'sam', 'sales')).toBe(true);
    expect(isPayee({ ...TERMS, payees: { members: ['sam'] } }, 'mia', 'marketing')).toBe(false);
  });
});

describe('The hash of a version', () => {
  const content = { planId: PLAN, version: 1, terms: TERMS };

  it('is the SHA-256 of the canonical JSON', () => {
    // printf '%s' '<canonical JSON>' | sha256sum, worked out outside of this program.
    expect(planHash({ planId: 'p', version: 1, terms: {} as typeof TERMS })).toBe(
      'd5bef484a9f474f03f0670a4393de69c566a2b1a1bdbac4b81fc5b4d67c96f00',
    );
  });

  it('does not depend on the order of members, and changes with every word', () => {
    const turned = Object.fromEntries(Object.entries(TERMS).reverse()) as unknown as typeof TERMS; // the same members
    expect(planHash({ ...content, terms: turned })).toBe(planHash(content));
    expect(planHash({ ...content, version: 2 })).not.toBe(planHash(content));
    expect(planHash({ ...content, planId: 'b3f1' })).not.toBe(planHash(content));
    for (const [name, value] of Object.entries({ note: 'x', clawbackMonths: 11, name: 'Marketing 2027' }))
      expect(planHash({ ...content, terms: { ...TERMS, [name]: value } })).not.toBe(planHash(content));
  });
});
