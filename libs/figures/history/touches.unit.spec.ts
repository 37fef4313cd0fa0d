import fc from 'fast-check';
import { before } from './order.js';
import {
  addTouch,
  annulTouch,
  CHUNK,
  firstTouch,
  HEAD,
  mayNeedLog,
  NO_TOUCHES,
  type TouchEntry,
  type TouchLogEntry,
} from './touches.js';

const touch = (n: number, at: number): TouchEntry => ({
  touchId: `t${n}`,
  at,
  position: n,
  side: null,
  channel: `c${n}`,
  campaign: null,
  content: null,
  source: null,
});

/** Keeps chunks as the projector does, and tells when they had to be read. */
function keeper() {
  let touches = NO_TOUCHES;
  const log: TouchLogEntry[] = [];
  let reads = 0;
  const step = (next: { touches: typeof touches; chunk: readonly TouchLogEntry[] | null }): void => {
    touches = next.touches;
    if (next.chunk !== null) log.push(...next.chunk);
  };
  return {
    add: (entry: TouchEntry) => step(addTouch(touches, entry)),
    annul(touchId: string) {
      const isForeseen = touches.chunks === 0 || mayNeedLog(touches, 1);
      step(
        annulTouch(touches, touchId, () => {
          reads++;
          if (!isForeseen) throw new Error('the log was needed, but not foreseen');
          return log;
        }),
      );
    },
    get touches() {
      return touches;
    },
    get reads() {
      return reads;
    },
  };
}

describe('The first standing touch', () => {
  it('is the least by (occurredAt, position) after any touches and annulments', () => {
    const op = fc.record({ annul: fc.integer({ min: 0, max: 9 }), at: fc.nat(400), pick: fc.nat() });
    fc.assert(
      fc.property(fc.array(op, { maxLength: 900, size: 'max' }), fc.integer({ min: 0, max: 6 }), (ops, share) => {
        const kept = keeper();
        const standing: TouchEntry[] = [];
        for (const [n, { annul, at, pick }] of ops.entries()) {
          if (annul < share && standing.length > 0) {
            // Mostly the first, so that the head runs empty.
            const first = standing.reduce((least, other) => (before(other, least) ? other : least));
            const gone = pick % 4 === 0 ? standing[pick % standing.length]! : first;
            standing.splice(standing.indexOf(gone), 1);
            kept.annul(gone.touchId);
          } else {
            standing.push(touch(n, at));
            kept.add(touch(n, at));
          }
          const expected =
            standing.length === 0 ? null : standing.reduce((least, other) => (before(other, least) ? other : least));
          if (firstTouch(kept.touches)?.touchId !== expected?.touchId)
            throw new Error(`after ${n}: ${String(expected?.touchId)}`);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is kept in a state that does not grow with the touches, and annulling rarely reads the others', () => {
    const kept = keeper();
    for (let n = 0; n < 10_000; n++) kept.add(touch(n, (n * 7919) % 10_000));
    expect(kept.touches.head).toHaveLength(HEAD);
    expect(kept.touches.tail.length).toBeLessThan(CHUNK);
    for (let n = 0; n < 640; n++) kept.annul(firstTouch(kept.touches)?.touchId ?? '');
    expect(kept.reads).toBe(640 / HEAD);
    expect(firstTouch(kept.touches)?.at).toBe(640);
  });

  it('is none when all are annulled, and an unknown annulment changes nothing', () => {
    const kept = keeper();
    kept.add(touch(1, 1));
    kept.annul('t9');
    expect(firstTouch(kept.touches)?.touchId).toBe('t1');
    kept.annul('t1');
    expect(firstTouch(kept.touches)).toBeNull();
  });
});
