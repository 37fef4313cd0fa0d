import fc from 'fast-check';
import type { RecordedEvent } from '#kernel/envelope.js';
import { EMPTY, fold, type HistoryEventType } from '../history/fold.js';
import { happeningOf } from '../history/happening.js';
import { fromDocument, toDocument, type HistoryDocument } from '../history/document.js';
import type { History } from '../history/history.js';
import { contributionOfLedger, IN_EUR, multiset } from '../testing/facts-of.js';
import { ledgers } from '../testing/random-ledger.js';
import { contributionOf, writeFacts, type Contribution } from './contribution.js';
import type { Fact } from './fact.js';
import { PARTS, PARTS_OF_EVENT, type Part, type PartsByEvent } from './parts.js';

interface Written {
  readonly fact: Fact;
  readonly n: number;
  readonly position: bigint;
}

const same = (history: History): History => history;
const reloaded = (history: History): History =>
  fromDocument(JSON.parse(JSON.stringify(toDocument(history))) as HistoryDocument, IN_EUR);

/** What a projector would write. `between` may replace a history between two events. */
function written(
  events: readonly RecordedEvent[],
  between: (history: History) => History = same,
  table: PartsByEvent = PARTS_OF_EVENT,
): Written[] {
  const histories = new Map<string, History>();
  const facts: Written[] = [];
  for (const event of events) {
    const happening = happeningOf(event);
    const id = happening.historyId;
    const before = histories.get(id) ?? EMPTY;
    const { history } = fold(before, happening, { ...IN_EUR, touchLog: () => [] });
    const note = (fact: Fact, n: number): void => void facts.push({ fact, n, position: event.position });
    writeFacts(before, history, happening, IN_EUR, note, table);
    histories.set(id, between(history));
  }
  return facts;
}

const listOf = (contribution: Contribution, part: Part): readonly Fact[] =>
  (contribution[part] as readonly (Fact | readonly Fact[])[]).flat();

const summed = (facts: readonly Written[]): Readonly<Record<string, number>> => {
  const signs = new Map<Fact, number>();
  const copies = facts.map(({ fact, n }) => {
    const copy = { ...fact };
    signs.set(copy, n);
    return copy;
  });
  return multiset(copies, (fact) => signs.get(fact) ?? 0);
};

describe('Facts', () => {
  it('sum, up to every position, to C of the ledger that ends there', () => {
    fc.assert(
      fc.property(ledgers(), (events) => {
        const facts = written(events);
        for (const [i, { position }] of events.entries()) {
          expect(summed(facts.filter((fact) => fact.position <= position))).toEqual(
            multiset(contributionOfLedger(events.slice(0, i + 1))),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('sum to C whether histories stay in memory or are stored and loaded again at every event', () => {
    fc.assert(
      fc.property(ledgers(), (events) => {
        const whole = multiset(contributionOfLedger(events));
        expect(summed(written(events))).toEqual(whole);
        expect(summed(written(events, reloaded))).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('between two positions sum to the change of C between them', () => {
    fc.assert(
      fc.property(ledgers(), fc.nat(), fc.nat(), (events, a, b) => {
        const [from = 0, to = 0] = [a % (events.length + 1), b % (events.length + 1)].sort((x, y) => x - y);
        const first = events[from - 1]?.position ?? 0n;
        const last = events[to - 1]?.position ?? 0n;
        const change = written(events).filter(({ position }) => position > first && position <= last);
        const then = contributionOfLedger(events.slice(0, from)).map((fact) => ({ ...fact, sign: -1 }));
        const now = contributionOfLedger(events.slice(0, to)).map((fact) => ({ ...fact, sign: 1 }));
        expect(summed(change)).toEqual(multiset([...then, ...now], ({ sign }) => sign));
      }),
      { numRuns: 200 },
    );
  });

  it('are told in the same order when the same events are folded again', () => {
    fc.assert(
      fc.property(ledgers(), (events) => expect(written(events, reloaded)).toEqual(written(events))),
      { numRuns: 100 },
    );
  });
});

describe('The table of parts by event type', () => {
  const samples = fc.sample(ledgers({ maxSteps: 90 }), { numRuns: 900, seed: 20_260_301 });

  it('names every part that an event of the type ever changes, and no other', () => {
    const seen = new Map<string, Set<Part>>();
    for (const events of samples) {
      const histories = new Map<string, History>();
      for (const event of events) {
        const happening = happeningOf(event);
        const id = happening.historyId;
        const before = histories.get(id) ?? EMPTY;
        const { history } = fold(before, happening, { ...IN_EUR, touchLog: () => [] });
        histories.set(id, history);
        const parts = seen.get(event.type) ?? new Set();
        seen.set(event.type, parts);
        const was = contributionOf(before, IN_EUR);
        const is = contributionOf(history, IN_EUR);
        for (const part of PARTS) {
          if (JSON.stringify(multiset(listOf(was, part))) !== JSON.stringify(multiset(listOf(is, part))))
            parts.add(part);
        }
      }
    }
    const found = Object.fromEntries([...seen].map(([type, parts]) => [type, PARTS.filter((part) => parts.has(part))]));
    expect(found).toEqual(
      Object.fromEntries(
        Object.entries(PARTS_OF_EVENT).map(([type, parts]) => [type, PARTS.filter((part) => parts.includes(part))]),
      ),
    );
  });

  const entries = Object.entries(PARTS_OF_EVENT).flatMap(([type, parts]) =>
    parts.map((part) => ({ type: type as HistoryEventType, part })),
  );
  it.each(entries)('is missed when the entry $type: $part is removed', ({ type, part }) => {
    const table = { ...PARTS_OF_EVENT, [type]: PARTS_OF_EVENT[type].filter((other) => other !== part) };
    const isMissed = samples.some((events) => {
      if (!events.some((event) => event.type === type)) return false;
      return (
        JSON.stringify(summed(written(events, same, table))) !== JSON.stringify(multiset(contributionOfLedger(events)))
      );
    });
    expect(isMissed).toBe(true);
  });
});
