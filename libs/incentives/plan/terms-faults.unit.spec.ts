import { parseDay } from '#kernel/time.js';
import { eur, TERMS } from '../testing/book-life.js';
import { seesPlan } from '../testing/plan-life.js';
import type { PlanSight } from './plan-sight.js';
import { termsFaults } from './terms-faults.js';
import type { PlanTerms, Tier } from './terms.js';

const faults = (terms: Partial<PlanTerms>, sight: Partial<PlanSight> = {}): string[] =>
  termsFaults({ ...TERMS, ...terms }, seesPlan(sight)).map(({ pointer, code }) => `${pointer} ${code}`);

const tier = (over: Partial<Tier> = {}): Tier => ({
  id: 'first',
  threshold: eur(1000_00),
  reward: { kind: 'fixed', amount: eur(100_00) },
  replace: false,
  ...over,
});
const pool = {
  metric: 'newPayingCustomers',
  target: '12',
  amount: eur(50_000),
  shares: [{ member: 'sam', weight: 1 }],
};

describe('Terms of a plan', () => {
  it('may be signed as the example stands', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ teamPool: pool, pool: [{ member: 'mia', weight: 1 }] })).toEqual([]);
  });

  it('name amounts in the currency of the organisation, above nothing', () => {
    expect(faults({ tiers: [tier({ threshold: { minor: 1, currency: 'USD' } })] })).toEqual([
      '/tiers/0/threshold CURRENCY',
    ]);
    expect(faults({ tiers: [tier({ threshold: eur(0) })] })).toEqual(['/tiers/0/threshold AMOUNT']);
    expect(faults({ tiers: [tier({ reward: { kind: 'fixed', amount: eur(0) } })] })).toEqual([
      '/tiers/0/reward/amount AMOUNT',
    ]);
    expect(faults({ caps: { perPersonAndPeriod: eur(-1), perPlanAndPeriod: eur(0), carryOver: false } })).toEqual([
      '/caps/perPersonAndPeriod AMOUNT',
    ]);
  });

  it('have tiers that rise, each with an id of its own', () => {
    expect(faults({ tiers: [] })).toEqual(['/tiers TIERS']);
    expect(faults({ tiers: [tier(), tier({ id: 'second' })] })).toEqual(['/tiers/1/threshold ORDER']);
    expect(faults({ tiers: [tier(), tier({ threshold: eur(2000_00) })] })).toEqual(['/tiers/1/id REPEATED']);
    expect(faults({ tiers: [tier({ id: 'The first' })] })).toEqual(['/tiers/0/id ID']);
  });

  it.each(['0', '0.0', '100.5', '-1', '2,5', '1e1', '2.50000', ''])('take no percentage of "%s"', (percent) => {
    expect(faults({ tiers: [tier({ reward: { kind: 'share', percent } })] })).toEqual([
      '/tiers/0/reward/percent PERCENT',
    ]);
  });

  it.each(['0.0001', '2.5', '100'])('take a percentage of "%s"', (percent) => {
    expect(faults({ tiers: [tier({ reward: { kind: 'ongoing', percent } })] })).toEqual([]);
  });

  it('pay a difference to lower tiers only as a fixed amount', () => {
    expect(faults({ tiers: [tier({ reward: { kind: 'share', percent: '2' }, replace: true })] })).toEqual([
      '/tiers/0/replace REPLACE',
    ]);
  });

  it('begin in an open period and do not end before', () => {
    const closedThrough = () => parseDay('2026-01-31');
    expect(faults({ effectiveFrom: '2026-01-31' }, { closedThrough })).toEqual(['/effectiveFrom PERIOD_CLOSED']);
    expect(faults({ effectiveFrom: '2026-02-01' }, { closedThrough })).toEqual([]);
    expect(faults({ effectiveTo: '2025-12-31' })).toEqual(['/effectiveTo DAY']);
    expect(faults({ effectiveTo: TERMS.effectiveFrom })).toEqual([]);
  });

  it('split by a model that there is, or by weights that are whole numbers', () => {
    expect(faults({ split: { kind: 'attribution', model: 'linar@1' } })).toEqual(['/split/model MODEL']);
    expect(faults({ split: { kind: 'fixed', shares: [] } })).toEqual(['/split/shares SHARES']);
    const shares = [
      { member: 'mia', weight: 1.5 },
      { member: 'mia', weight: 1 },
      { member: 'nobody', weight: 1 },
    ];
    expect(faults({ split: { kind: 'fixed', shares } })).toEqual([
      '/split/shares/0/weight WHOLE_NUMBER',
      '/split/shares/1/member REPEATED',
      '/split/shares/2/member UNKNOWN_MEMBER',
    ]);
  });

  it('give no share to somebody whom they do not pay', () => {
    expect(faults({ payees: { members: ['mia'] }, pool: [{ member: 'max', weight: 1 }] })).toEqual([
      '/pool/0/member NOT_A_PAYEE',
    ]);
    expect(faults({ payees: { members: [] } })).toEqual(['/payees/members PAYEES']);
  });

  it('hang a pool on a count, an amount or a ratio of the glossary', () => {
    const targets = [
      [{ metric: 'newPayingCustomers', target: '12.5' }, ['/teamPool TARGET']],
      [{ metric: 'revenue', target: '1250.50' }, []],
      [{ metric: 'revenue', target: '1250.505' }, ['/teamPool TARGET']],
      [{ metric: 'winRateOfClosed', target: '0.25' }, []],
      [{ metric: 'timeToCloseDays', target: '30' }, ['/teamPool TARGET']],
      [{ metric: 'happiness', target: '1' }, ['/teamPool TARGET']],
    ] as const;
    for (const [over, expected] of targets) expect(faults({ teamPool: { ...pool, ...over } })).toEqual(expected);
  });

  it('are signed by people whom the roster knows, and not by one alone', () => {
    expect(faults({ signatories: { marketing: 'hanna', sales: 'henry', finance: 'nobody' } })).toEqual([
      '/signatories/finance UNKNOWN_MEMBER',
    ]);
    expect(faults({ signatories: { marketing: 'hanna', sales: 'hanna', finance: 'hanna' } })).toEqual([
      '/signatories ONE_SIGNATORY',
    ]);
    expect(faults({ signatories: { marketing: 'hanna', sales: 'hanna', finance: 'fiona' } })).toEqual([]);
  });

  it('name every fault at once', () => {
    expect(faults({ name: ' ', dealKinds: [], withinMonths: 0, clawbackMonths: -1 })).toEqual([
      '/name EMPTY',
      '/dealKinds DEAL_KINDS',
      '/withinMonths WHOLE_NUMBER',
      '/clawbackMonths WHOLE_NUMBER',
    ]);
  });
});
