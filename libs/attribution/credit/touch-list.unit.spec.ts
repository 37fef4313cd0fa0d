import fc from 'fast-check';
import type { CreditTouch } from './credit-history.js';
import {
  addTouch,
  allTouches,
  annulTouch,
  AT_HAND,
  CHUNK,
  NO_TOUCHES,
  precedes,
  type TouchList,
  type TouchLogEntry,
} from './touch-list.js';

const touch = (number: number, at: number): CreditTouch => ({
  touchId: `t${number}`,
  at,
  position: number,
  kind: 'email',
  team: null,
  member: null,
  channel: `c${number % 3}`,
  campaign: null,
  content: null,
  source: null,
  medium: null,
  dims: null,
});

interface Step {
  readonly at: number;
  /** Annul one of the touches so far instead of adding one. */
  readonly annuls: number | null;
}
const step: fc.Arbitrary<Step> = fc.record({
  at: fc.nat(1000),
  annuls: fc.option(fc.nat(10_000), { freq: 3 }),
});

/** Grows by a long run of touches in order first, so that the log is really used. */
function play(inOrder: number, steps: readonly Step[]) {
  let list: TouchList = NO_TOUCHES;
  const log: TouchLogEntry[] = [];
  let standing: CreditTouch[] = [];
  let reads = 0;
  const take = (step: { readonly touches: TouchList; readonly chunk: readonly TouchLogEntry[] | null }): void => {
    list = step.touches;
    if (step.chunk !== null) log.push(...step.chunk);
  };
  const all: Step[] = [...Array.from({ length: inOrder }, (_, i) => ({ at: i * 3, annuls: null })), ...steps];
  all.forEach(({ at, annuls }, number) => {
    const gone = annuls === null ? undefined : standing[annuls % Math.max(1, standing.length)];
    if (gone !== undefined) {
      take(
        annulTouch(list, gone.touchId, () => {
          reads++;
          return log;
        }),
      );
      standing = standing.filter((other) => other !== gone);
      return;
    }
    const one = touch(number, at);
    take(addTouch(list, one));
    standing = [...standing, one].sort((a, b) => (precedes(a, b) ? -1 : 1));
  });
  return { list, log, standing, reads };
}

describe('The touches of a lead', () => {
  it('are all found again in order, whatever came late or was annulled', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 100, 300), fc.array(step, { maxLength: 120 }), (inOrder, steps) => {
        const { list, log, standing } = play(inOrder, steps);
        expect(allTouches(list, () => log).map(({ touchId }) => touchId)).toEqual(
          standing.map(({ touchId }) => touchId),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('have the latest at hand: as many as a learned model sees, or all', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 100, 300), fc.array(step, { maxLength: 200 }), (inOrder, steps) => {
        const { list, standing } = play(inOrder, steps);
        const least = Math.min(AT_HAND, standing.length);
        expect(list.latest.slice(-least)).toEqual(standing.slice(standing.length - least));
        if (list.elsewhere === 0) expect(list.latest).toEqual(standing);
      }),
      { numRuns: 200 },
    );
  });

  it('cost no more at the ten-thousandth than at the two-hundredth', () => {
    const { list, log, reads } = play(10_000, []);
    expect(reads).toBe(0);
    expect(list.latest.length + list.tail.length).toBeLessThan(2 * AT_HAND + CHUNK + 1);
    expect(log.length).toBe(list.chunks * CHUNK);
  });
});
