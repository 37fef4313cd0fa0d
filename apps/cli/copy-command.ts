import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { copyLedger } from '#event-store/copy-ledger.js';
import { installationOf, type EventStore, type LedgerCopy, type Original } from '#event-store/event-store.js';
import { openEventStoreDb } from '#event-store/eventstoredb/eventstoredb-event-store.js';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { ownFile } from '#apps/composition/stores.js';
import { printJson } from './ask/ask.js';
import { EXIT, UsageError, type ExitCode } from './exit-code.js';
import { progressBar } from './output/progress.js';
import { numberText } from './output/values.js';

/** `sqlite:FOLDER`, or an address of EventStoreDB. */
type Place = { readonly folder: string } | { readonly address: string };

/**
 * `concord copy --from PLACE --to PLACE`: carries a ledger over, event by event, as it lies there. Needs no key and decrypts nothing. May be
 * interrupted and run again; the target is closed to everybody else until it is whole.
 */
export async function copyCommand({
  from,
  to,
  json,
}: {
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}): Promise<ExitCode> {
  const [source, target] = [placeOf('--from', from), placeOf('--to', to)];
  if (keyOf(source) === keyOf(target)) throw new UsageError('--from and --to name the same ledger');
  const original = await openSource(source);
  try {
    const { ledgerId } = original;
    const copy = await openTarget(target, { ledgerId, installation: installationOf(original) });
    const bar = progressBar('Copying', { unit: 'events' });
    try {
      const total = await countOf(original);
      const copied = await copyLedger(original, copy, (done) => bar.update(done, total));
      bar.stop();
      if (json === true) printJson({ ...copied, from: ledgerId, to: copy.ledgerId });
      else process.stdout.write(summary(copied, original, copy, source, target));
    } finally {
      bar.stop();
      await copy.close();
    }
  } finally {
    await original.close();
  }
  return EXIT.done;
}

function placeOf(option: string, text: string): Place {
  if (/^esdb(\+discover)?:\/\/./.test(text)) return { address: text };
  const folder = /^sqlite:(.+)$/.exec(text)?.[1];
  if (folder !== undefined) return { folder: resolve(folder) };
  throw new UsageError(`${option} takes sqlite:FOLDER or an esdb:// address, not "${text}"`);
}

const keyOf = (place: Place): string => ('folder' in place ? place.folder : place.address);

async function openSource(place: Place): Promise<EventStore> {
  if ('address' in place) return openEventStoreDb(place);
  const file = join(place.folder, 'ledger.sqlite');
  if (!existsSync(file)) throw new UsageError(`there is no ledger in ${place.folder}`);
  return openSqliteEventStore({ file });
}

async function openTarget(place: Place, copyOf: Original): Promise<LedgerCopy> {
  if ('address' in place) return openEventStoreDb({ ...place, copyOf });
  mkdirSync(place.folder, { recursive: true, mode: 0o700 });
  return openSqliteEventStore({ file: ownFile(place.folder, 'ledger.sqlite'), copyOf });
}

/** For the progress bar alone. */
async function countOf(store: EventStore): Promise<number> {
  if (!process.stderr.isTTY) return 0;
  let events = 0;
  for await (const page of store.readAll({})) events += page.events.length;
  return events;
}

function summary(
  copied: Awaited<ReturnType<typeof copyLedger>>,
  from: EventStore,
  to: EventStore,
  source: Place,
  target: Place,
): string {
  const lines = [
    `Copied ${numberText(copied.events)} events in ${numberText(copied.streams)} streams${copied.found > 0 ? `, ${numberText(copied.found)} of them earlier` : ''}.`,
    `Both ends are the same: ${copied.digest}`,
    `Ledger ${from.ledgerId} is now ledger ${to.ledgerId}: give it a data folder without read.sqlite, its read models are made anew.`,
  ];
  if ('folder' in source && !('folder' in target && source.folder === target.folder))
    lines.push(
      `Its keys were not copied: take keys.sqlite (or, into MongoDB, "concord keys copy") and identity.key of ${source.folder} along (docs/production.md).`,
    );
  return `${lines.join('\n')}\n`;
}
