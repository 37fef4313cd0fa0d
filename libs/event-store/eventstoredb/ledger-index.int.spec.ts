import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { freshUuid, type Uuid } from '#kernel/ids.js';
import { SETTINGS_TYPE } from '../appendable.js';
import type { Envelope, LogRecord } from './connection.js';
import { CONTROL_STREAM, MOMENT_TYPE, openLedgerIndex, type LedgerIndex } from './ledger-index.js';

const LEDGER = freshUuid();
const LEADS = [freshUuid(), freshUuid(), freshUuid()];

interface Step {
  readonly kind: 'event' | 'settings' | 'mark' | 'system';
  readonly stamp: number;
  readonly lead: number;
  readonly first: boolean;
}

const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom('event', 'event', 'event', 'event', 'settings', 'mark', 'system'),
    // Few enough that they repeat, and falling as often as rising.
    stamp: fc.integer({ min: 1_000, max: 1_020 }),
    lead: fc.nat(LEADS.length - 1),
    first: fc.boolean(),
  }),
  { maxLength: 60 },
);

/** A log: `brought` leading events bring their own, rising moments along. */
function logOf(given: readonly Step[], brought: number): LogRecord[] {
  let events = 0;
  return given.map((step, at): LogRecord => {
    const isEvent = step.kind === 'event';
    const envelope = {
      leadId: LEADS[step.lead],
      recordedAt: isEvent && events++ < brought ? 500 + events : undefined,
    } as Envelope; // the index looks at nothing else
    const own = isEvent || step.kind === 'settings';
    return {
      stream: own ? `deal-${at}` : step.kind === 'mark' ? CONTROL_STREAM : '$stats',
      type: step.kind === 'settings' ? SETTINGS_TYPE : step.kind === 'mark' ? MOMENT_TYPE : 'test.happened',
      revision: step.first ? 0 : 1,
      id: freshUuid(),
      position: 100 + at * 37,
      stamp: step.stamp,
      envelope: own ? envelope : null,
      data: null,
    };
  });
}

/** What the doc comment says, event by event. */
function expected(log: readonly LogRecord[]) {
  let greatest: number | null = null;
  let own = false;
  const events: { position: number; at: number; isSettings: boolean }[] = [];
  for (const { position, stamp, type, envelope, stream } of log) {
    if (stream === CONTROL_STREAM && own) greatest = Math.max(greatest ?? stamp, stamp);
    if (envelope === null) continue;
    const moment: number = envelope.recordedAt ?? stamp;
    const at: number = Math.max(greatest ?? moment, moment);
    events.push({ position, at, isSettings: type === SETTINGS_TYPE });
    if (type === SETTINGS_TYPE) continue;
    greatest = at;
    own ||= envelope.recordedAt === undefined;
  }
  return events;
}

const streamsOf = (log: readonly LogRecord[], lead: Uuid): string[] =>
  log.filter(({ envelope, revision }) => envelope?.leadId === lead && revision === 0).map(({ stream }) => stream);

function expectRight(index: LedgerIndex, log: readonly LogRecord[]): void {
  const events = expected(log);
  const byPosition = new Map(events.map((event) => [event.position, event.at]));
  for (const record of log)
    if (record.envelope !== null) expect(index.recordedAt(record)).toBe(byPosition.get(record.position));
  const told = events.filter(({ isSettings }) => !isSettings);
  for (let moment = 499; moment <= 1_021; moment += moment < 560 ? 1 : moment < 999 ? 50 : 1)
    expect(index.positionAt(moment)).toBe(told.findLast(({ at }) => at <= moment)?.position ?? 0);
  for (const { position } of log) {
    expect(index.recordedAtOf(position)).toBe(told.findLast((event) => event.position <= position)?.at ?? null);
    const place = index.placeBefore(position);
    expect(place === null || (place <= position && log.some((record) => record.position === place))).toBe(true);
  }
  expect(index.first).toBe(told[0]?.at ?? null);
  expect(index.lastOwn).toBe(events.at(-1)?.position ?? 0);
  expect(index.covered).toBe(log.at(-1)?.position ?? 0);
  for (const lead of LEADS) expect(index.streamsOfLead(lead)).toEqual(streamsOf(log, lead));
}

describe('The index of a ledger on EventStoreDB', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'concord-index-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('answers by the running maximum of the stamps, whatever the batches, repeats and restarts on the way', () => {
    let files = 0;
    fc.assert(
      fc.property(steps, fc.nat(10), fc.integer({ min: 1, max: 9 }), (given, brought, batch) => {
        const log = logOf(given, brought);
        const file = join(folder, `${++files}.sqlite`);
        let index = openLedgerIndex(file, LEDGER);
        for (let from = 0; from < log.length; from += batch) {
          // Once more what came before: another reader may have taken it in already.
          index.absorb(log.slice(Math.max(0, from - 2), from + batch));
          if (from % 2 === 0) {
            index.close();
            index = openLedgerIndex(file, LEDGER);
          }
        }
        expectRight(index, log);
        index.close();
      }),
      { numRuns: 60 },
    );
  });

  it('goes on where another process has brought the same file', () => {
    const log = logOf(
      Array.from({ length: 30 }, (_, n) => ({
        kind: 'event',
        stamp: 1_000 + ((n * 7) % 11),
        lead: n % 3,
        first: true,
      })),
      0,
    );
    const file = join(folder, 'shared.sqlite');
    const [one, other] = [openLedgerIndex(file, LEDGER), openLedgerIndex(file, LEDGER)];
    one.absorb(log.slice(0, 12));
    other.absorb(log.slice(0, 20));
    one.absorb(log.slice(12, 25));
    other.absorb(log.slice(20));
    expectRight(other, log);
    one.close();
    other.close();
  });

  it('is begun anew when the file is of another ledger, or none of ours', () => {
    const file = join(folder, 'index.sqlite');
    const log = logOf([{ kind: 'event', stamp: 1_000, lead: 0, first: true }], 0);
    const before = openLedgerIndex(file, LEDGER);
    before.absorb(log);
    before.close();
    const other = openLedgerIndex(file, freshUuid());
    expect(other.covered).toBe(0);
    other.close();
    writeFileSync(file, 'no database at all, but long enough to look like one'.repeat(200));
    const again = openLedgerIndex(file, LEDGER);
    again.absorb(log);
    expectRight(again, log);
    again.reset();
    expect([again.covered, again.greatest, again.positionAt(2_000)]).toEqual([0, null, 0]);
    again.close();
  });

  it('waits for another process that is making the file, and leaves what that one made', async () => {
    const file = join(folder, 'made-by-two.sqlite');
    const maker = new Worker(
      `const { DatabaseSync } = require('node:sqlite');
       const { parentPort, workerData } = require('node:worker_threads');
       const db = new DatabaseSync(workerData);
       db.exec('BEGIN EXCLUSIVE; CREATE TABLE made_first (x)');
       parentPort.postMessage('locked');
       setTimeout(() => { db.exec('COMMIT'); db.close(); }, 300);`,
      { eval: true, workerData: file },
    );
    await once(maker, 'message');
    const index = openLedgerIndex(file, LEDGER);
    index.close();
    await once(maker, 'exit');
    const db = new DatabaseSync(file, { readOnly: true });
    expect(db.prepare(`SELECT name FROM sqlite_schema WHERE name = 'made_first'`).get()).toBeDefined();
    db.close();
  });
});
