import fc from 'fast-check';
import { findTouch, type LeadTouch, type TouchedEvent } from './lead-touches.js';

describe('finding a touch', () => {
  it('gives what walking the chain gives, however chains grow and part', () => {
    const step = fc.record({ from: fc.nat(), add: fc.nat({ max: 120 }), ask: fc.nat({ max: 400 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const chains: (LeadTouch | null)[] = [null];
        let made = 0;
        for (const { from, add, ask } of steps) {
          let chain = chains[from % chains.length] ?? null;
          for (let n = 0; n < add; n++) chain = { event: touch(`touch-${made++ % 300}`), before: chain };
          chains.push(chain);
          for (const one of chains) expect(findTouch(one, `touch-${ask}`)).toBe(walked(one, `touch-${ask}`));
        }
      }),
    );
  });

  it('costs the same on ten and on ten thousand', () => {
    let looked = 0;
    let chain: LeadTouch | null = null;
    for (let n = 0; n < 10_000; n++) chain = { event: touch(`touch-${n}`, () => looked++), before: chain };
    findTouch(chain, 'touch-5');
    looked = 0;
    for (let n = 10_000; n < 10_100; n++) {
      chain = { event: touch(`touch-${n}`, () => looked++), before: chain };
      expect(findTouch(chain, 'unknown')).toBeNull();
      expect(findTouch(chain, `touch-${n - 9_000}`)).not.toBeNull();
    }
    expect(looked).toBe(100);
  });
});

function walked(chain: LeadTouch | null, id: string): TouchedEvent | null {
  for (let one = chain; one !== null; one = one.before) if (one.event.data.touchId === id) return one.event;
  return null;
}

/** `look` is called when the payload is asked for. */
function touch(touchId: string, look: () => unknown = () => null): TouchedEvent {
  const event = {
    get data() {
      look();
      return { touchId };
    },
  };
  return event as unknown as TouchedEvent; // finding looks at no more of it
}
