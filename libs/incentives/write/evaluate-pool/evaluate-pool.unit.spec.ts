import { parseDay } from '#kernel/time.js';
import type { GivenEvent } from '#kernel/testing/given-when-then.js';
import type { BonusPlanEvent, MemberAmount, PoolEvaluatedData } from '../../events/bonus-plan-events.js';
import type { PoolFigure } from '../../plan/pool-figure.js';
import { fractionOf } from '../../plan/target.js';
import type { PlanTerms } from '../../plan/terms.js';
import { eur, PLAN } from '../../testing/book-life.js';
import { active, decided, drafted, hashed, poolEvaluated, specifyPlan } from '../../testing/plan-life.js';
import { asks, FIONA, HANNA, MIA } from '../../testing/statement-life.js';
import { evaluatePool, type EvaluatePool } from './evaluate-pool.js';

const TERMS: Partial<PlanTerms> = {
  teamPool: {
    metric: 'newPayingCustomers',
    target: '12',
    amount: eur(100_01),
    shares: [
      { member: 'sam', weight: 1 },
      { member: 'mia', weight: 1 },
    ],
  },
};
const MARCH: EvaluatePool = { period: '2026-03' };

const figure = (customers: string | null, over: Partial<PoolFigure> = {}): PoolFigure => ({
  metric: 'newPayingCustomers',
  period: '2026-03',
  value: customers === null ? null : fractionOf(customers, '1'),
  knownTo: 700,
  ...over,
});

const evaluated = (
  value: string | null,
  members: readonly MemberAmount[],
  over: Partial<PoolEvaluatedData> = {},
): GivenEvent<BonusPlanEvent> =>
  poolEvaluated({
    ...{ planId: PLAN, version: 1, hash: hashed(1, TERMS), period: '2026-03', metric: 'newPayingCustomers' },
    ...{ value, target: '12', met: value !== null && Number(value) >= 12, knownTo: 700, members },
    ...over,
  });

// By hand: 100.01 in two halves is 50.005 each; the odd unit goes to the earlier handle.
const WHOLE = [
  { member: 'mia', minor: 50_01 },
  { member: 'sam', minor: 50_00 },
];
const BACK = WHOLE.map(({ member, minor }) => ({ member, minor: -minor }));

const seeing = (customers: string | null, over: Partial<PoolFigure> = {}, today = '2026-04-01') =>
  specifyPlan<EvaluatePool>((asked, sight, plan) => evaluatePool(asked, sight, plan, figure(customers, over)), {
    today: parseDay(today) ?? 0,
  });

describe('EvaluatePool', () => {
  it('gives the members their parts where the target is met, and nothing where it is missed', () => {
    for (const by of [FIONA, HANNA])
      seeing('12')
        .given(active(1, TERMS))
        .when(asks(by, MARCH))
        .then([decided(evaluated('12', WHOLE))]);
    seeing('11')
      .given(active(1, TERMS))
      .when(asks(FIONA, MARCH))
      .then([decided(evaluated('11', []))]);
    seeing(null)
      .given(active(1, TERMS))
      .when(asks(FIONA, MARCH))
      .then([decided(evaluated(null, []))]);
  });

  it('records the difference where the figure became another one', () => {
    seeing('11')
      .given([...active(1, TERMS), evaluated('12', WHOLE)])
      .when(asks(FIONA, MARCH))
      .then([decided(evaluated('11', BACK))]);
    seeing('13')
      .given([...active(1, TERMS), evaluated('12', WHOLE), evaluated('11', BACK)])
      .when(asks(FIONA, MARCH))
      .then([decided(evaluated('13', WHOLE))]);
    seeing('14')
      .given([...active(1, TERMS), evaluated('12', WHOLE)])
      .when(asks(FIONA, MARCH))
      .then([decided(evaluated('14', []))]);
  });

  it('is nothing to do where it did not', () => {
    seeing('12')
      .given([...active(1, TERMS), evaluated('12', WHOLE)])
      .when(asks(FIONA, MARCH))
      .thenNothing();
  });

  it('gives by the version that holds on the last day, less what another one gave before', () => {
    const teamPool = TERMS.teamPool ?? null;
    const next: Partial<PlanTerms> = {
      effectiveFrom: '2026-03-31',
      teamPool: teamPool && { ...teamPool, amount: eur(200_00), shares: [{ member: 'sam', weight: 1 }] },
    };
    const second = { version: 2, hash: hashed(2, next) };
    seeing('12')
      .given([...active(1, TERMS), evaluated('12', WHOLE), ...active(2, next)])
      .when(asks(FIONA, MARCH))
      .then([
        decided(
          evaluated(
            '12',
            [
              { member: 'mia', minor: -50_01 },
              { member: 'sam', minor: 150_00 },
            ],
            second,
          ),
        ),
      ]);
  });

  it('waits for the end of the period', () => {
    seeing('12', {}, '2026-03-31')
      .given(active(1, TERMS))
      .when(asks(FIONA, MARCH))
      .thenRefused('BONUS.PERIOD_RUNNING', 'refused');
  });

  it('refuses a plan without a pool, one that nobody signed, and periods of another grain', () => {
    seeing('12').given(active()).when(asks(FIONA, MARCH)).thenRefused('BONUS.NO_POOL', 'refused');
    seeing('12')
      .given([drafted(1, TERMS)])
      .when(asks(FIONA, MARCH))
      .thenRefused('BONUS.NO_POOL', 'refused');
    seeing('12')
      .given(active(1, TERMS))
      .when(asks(FIONA, { period: '2026-Q1' }))
      .thenRefused('BONUS.BAD_PERIOD', 'malformed');
    seeing('12').given([]).when(asks(FIONA, MARCH)).thenRefused('BONUS.PLAN_NOT_FOUND', 'not-found');
  });

  it('is for finance or a head, and of the figure that the plan hangs on', () => {
    seeing('12').given(active(1, TERMS)).when(asks(MIA, MARCH)).thenRefused('BONUS.ROLE', 'forbidden');
    seeing('12', { metric: 'revenue' })
      .given(active(1, TERMS))
      .when(asks(FIONA, MARCH))
      .thenRefused('BONUS.BUSY', 'unavailable');
  });
});
