import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { anEvent } from '#event-store/testing/an-event.js';

const SUPPORT = join(import.meta.dirname, 'support');
const ROUNDS = 8;

interface Acknowledged {
  readonly stream: string;
  readonly revision: number;
  readonly group: string;
  readonly events: number;
}

describe('a writer that is killed with -9', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'concord-kill-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('leaves everything that it acknowledged, no gap and no half append, again and again', async () => {
    const file = join(folder, 'ledger.sqlite');
    const acknowledged: Acknowledged[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      // Two at once: the one that lives on must not suffer from the other's death.
      const writers = ['a', 'b'].map((name) => startWriter(file, `${round}${name}`));
      await Promise.all(writers.map((writer) => writer.firstLine));
      for (const writer of writers) {
        await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 80));
        acknowledged.push(...(await writer.kill()));
      }
      await expectWhole(file, acknowledged);
    }
    expect(acknowledged.length).toBeGreaterThan(ROUNDS * 20);
  }, 120_000);
});

async function expectWhole(file: string, acknowledged: readonly Acknowledged[]): Promise<void> {
  const store = await openSqliteEventStore({ file });
  const revisions = new Map<string, number>();
  const groups = new Map<string, { stream: string; indexes: number[]; of: number; last: number }>();
  const faults: string[] = [];
  let position = 0n;
  for await (const page of store.readAll({})) {
    for (const event of page.events) {
      if (event.position <= position) faults.push(`position ${event.position} follows ${position}`);
      position = event.position;
      if (event.revision !== (revisions.get(event.stream) ?? -1) + 1)
        faults.push(`a gap before ${event.stream}#${event.revision}`);
      revisions.set(event.stream, event.revision);
      const { group, index, of } = event.data() as { group: string; index: number; of: number }; // as the writer makes them
      const seen = groups.get(group) ?? { stream: event.stream, indexes: [], of, last: 0 };
      seen.indexes.push(index);
      groups.set(group, { ...seen, last: event.revision });
    }
  }
  for (const [group, { indexes, of }] of groups) {
    if (indexes.length !== of || indexes.some((index, at) => index !== at)) faults.push(`half an append: ${group}`);
  }
  for (const { stream, revision, group, events } of acknowledged) {
    const found = groups.get(group);
    if (found?.stream !== stream || found.last !== revision || found.of !== events) faults.push(`lost: ${group}`);
  }
  expect(faults).toEqual([]);
  // And it takes more.
  const after = `after-${position}`;
  await store.append(after, [anEvent({ data: { group: after, index: 0, of: 1 } })], { expected: 'no-stream' });
  await store.close();
}

function startWriter(file: string, name: string) {
  const flags = ['--disable-warning=ExperimentalWarning', '--experimental-transform-types', '--conditions=source'];
  const child: ChildProcess = spawn(
    process.execPath,
    [...flags, '--import', join(SUPPORT, 'typescript.mjs'), join(SUPPORT, 'event-store-writer.mjs'), file, name],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const firstLine = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      resolve();
    });
    child.once('exit', (code) =>
      reject(new Error(`the writer ended by itself with ${code ?? 'a signal'}: ${complaints}`)),
    );
  });
  return {
    firstLine,
    async kill(): Promise<Acknowledged[]> {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
      // What follows the last line break was cut off.
      return output.slice(0, output.lastIndexOf('\n')).split('\n').map(parseLine);
    },
  };
}

function parseLine(line: string): Acknowledged {
  const [stream = '', revision, group = '', events] = line.split(' ');
  return { stream, revision: Number(revision), group, events: Number(events) };
}
