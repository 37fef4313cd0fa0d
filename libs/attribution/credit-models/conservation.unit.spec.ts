import fc from 'fast-check';
import { calendar } from '#kernel/calendar.js';
import { CLOSE, MS_PER_DAY, touch } from '../testing/paths.js';
import { customModel, RULE_MODELS } from './credit-models.js';
import { creditPayment, PARTS_PER_CONVERSION, type PaymentCredit } from './credit-payment.js';
import { ALL_TOUCHES, preparePath, type PathOptions, type TouchPath } from './touch-path.js';

const models = [...RULE_MODELS, customModel('kinds', { kinds: { demo: 5 }, other: 1 })];
const anyModel = fc.constantFrom(...models);
const anyTouch = fc
  .tuple(fc.constantFrom('direct', 'search', 'email', 'social'), fc.double({ min: -5, max: 90, noNaN: true }))
  .map(([channel, days]) => touch(channel, Math.round(days * 24) / 24, channel === 'email' ? 'demo' : null));
const moment = fc.option(fc.integer({ min: 0, max: 95 }).map((days) => CLOSE - days * MS_PER_DAY));
const anyPath: fc.Arbitrary<TouchPath> = fc.record({
  touches: fc.array(anyTouch, { maxLength: 12 }),
  closedAt: fc.constant(CLOSE),
  leadCreatedAt: moment,
  opportunityAt: moment,
});
const { dayOf } = calendar('Europe/Berlin', '01-01');
const anyOptions: fc.Arbitrary<PathOptions> = fc.record({
  window: fc.option(fc.integer({ min: 0, max: 60 }).map((days) => ({ days, dayOf }))),
  excluded: fc.subarray(['direct', 'email']).map((channels) => new Set(channels)),
  transforms: fc.constantFrom([], [{ kind: 'exposure' as const }], [{ kind: 'trim' as const, touches: 3 }]),
});
const anyWorth = fc.record({
  minor: fc.integer({ min: 0, max: 2_000_000_000 }),
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
});

const sumOf = ({ touches, unattributed }: PaymentCredit): { minor: number; parts: number } => ({
  minor: touches.reduce((sum, { amount }) => sum + amount.minor, unattributed.amount.minor),
  parts: touches.reduce((sum, { parts }) => sum + parts, unattributed.parts),
});
const byName = ({ touches }: PaymentCredit, name: string): number =>
  touches.reduce((sum, { touch: { channel }, amount }) => sum + (channel === name ? amount.minor : 0), 0);

describe('Credit of a payment', () => {
  it('is conserved to the minor unit in every model, under all options', () => {
    fc.assert(
      fc.property(anyWorth, anyPath, anyModel, anyOptions, (worth, path, model, options) => {
        const credit = creditPayment(worth, path, model, options);
        expect(sumOf(credit)).toEqual({ minor: worth.minor, parts: PARTS_PER_CONVERSION });
        for (const { amount } of credit.touches) expect(amount.minor).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });
  it('is exactly 0 everywhere once the payment is refunded in full', () => {
    fc.assert(
      fc.property(anyPath, anyModel, (path, model) => {
        const { touches, unattributed } = creditPayment(
          { minor: 1_999 - 1_999, currency: 'EUR' },
          path,
          model,
          ALL_TOUCHES,
        );
        expect([...touches, unattributed].every(({ amount }) => Object.is(amount.minor, 0))).toBe(true);
      }),
    );
  });
  it('goes to the others where direct is excluded, and is lost nowhere', () => {
    fc.assert(
      fc.property(anyPath, anyModel, (path, model) => {
        fc.pre(path.touches.some(({ channel, at }) => channel !== 'direct' && (at ?? 0) <= CLOSE));
        const credit = creditPayment({ minor: 9_999, currency: 'EUR' }, path, model, {
          ...ALL_TOUCHES,
          excluded: new Set(['direct']),
        });
        expect(byName(credit, 'direct')).toBe(0);
        // A milestone may have been held by direct alone; only u-shaped halves without a first touch could be left, and FT is always held.
        expect(credit.unattributed.amount.minor).toBe(0);
      }),
    );
  });
  it('adds up over repeated touches of one channel', () => {
    const path = { closedAt: CLOSE, leadCreatedAt: null, opportunityAt: null };
    const repeated = { ...path, touches: [touch('a', 3), touch('a', 2), touch('b', 1)] };
    const linear = RULE_MODELS.find(({ name }) => name === 'linear')!;
    const worth = { minor: 600, currency: 'EUR' };
    expect(byName(creditPayment(worth, repeated, linear, ALL_TOUCHES), 'a')).toBe(400);
    const collapsed = { ...ALL_TOUCHES, transforms: [{ kind: 'exposure' as const }] };
    expect(byName(creditPayment(worth, repeated, linear, collapsed), 'a')).toBe(300);
  });
  it('does not depend on the order in which touches came in', () => {
    fc.assert(
      fc.property(
        anyPath.chain((path) =>
          fc.tuple(fc.constant(path), fc.shuffledSubarray([...path.touches], { minLength: path.touches.length })),
        ),
        anyModel,
        anyOptions,
        ([path, shuffled], model, options) => {
          const worth = { minor: 12_345, currency: 'EUR' };
          expect(creditPayment(worth, { ...path, touches: shuffled }, model, options)).toEqual(
            creditPayment(worth, path, model, options),
          );
        },
      ),
    );
  });
});

describe('The window', () => {
  const at = (text: string): number => Date.parse(text);
  const path: TouchPath = {
    touches: [
      { channel: 'too-early', at: at('2026-03-01T22:59:59Z'), kind: null },
      { channel: 'first-day', at: at('2026-03-01T23:00:00Z'), kind: null },
      { channel: 'at-close', at: at('2026-03-31T12:00:00Z'), kind: null },
      { channel: 'too-late', at: at('2026-03-31T12:00:01Z'), kind: null },
    ],
    closedAt: at('2026-03-31T12:00:00Z'),
    leadCreatedAt: null,
    opportunityAt: null,
  };
  it('counts whole days of the calendar, bounds included', () => {
    // 29 days before 31 March is 2 March, which begins at 23:00 UTC on the day before in Berlin.
    const options: PathOptions = { ...ALL_TOUCHES, window: { days: 29, dayOf } };
    expect(preparePath(path, options).touches.map(({ channel }) => channel)).toEqual(['first-day', 'at-close']);
  });
});
