import { accessSync, constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { installationOf, type EventStore } from '#event-store/event-store.js';
import type { CommandContext } from '#event-store/command-context.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { refused } from '#kernel/errors.js';
import { freshUuid, uuidv5 } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import { createChannels } from '#campaigns/channels.js';
import { createCodeLists } from '#codelists/code-lists.js';
import { createRoster } from '#members/roster.js';
import type { NameTurn } from '#members/write/name-turn.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import { canonicalJson } from '#platform/http/canonical-json.js';
import type { IdentityHasher } from '#platform/identity.js';
import type { ImportFinishedData, ImportStartedData } from '#imports/events/import-events.js';
import type { Mapping } from '#imports/mapping/mapping.js';
import { sourceNamespace } from '#imports/write/import/own-writes.js';
import { handleFinishImport, handleStartImport } from '#imports/write/import/import-record.js';
import { findSourceFiles, rejectsName } from '#imports/write/import/source-files.js';
import { survey, type Survey } from '#imports/write/import/survey.js';
import { newTally, unchangedRows } from '#imports/write/import/tally.js';
import { importActor, type ImportDeps } from './import-deps.js';
import { newRejectsFile } from './rejects-file.js';
import { newStagingStore } from './staging-store.js';
import { vanished } from './vanished.js';
import { list, writeBatches, writeHistory, type ImportProgress, type Work } from './write-rows.js';

export interface ImportOptions {
  readonly mapping: Mapping;
  /** Files, or folders that hold them. */
  readonly paths: readonly string[];
  readonly asHistory?: boolean;
  readonly dryRun?: boolean;
  /** Where rejected rows go; default `rejects-<importId>.csv` beside the first file. Made only when there are any. */
  readonly rejects?: string;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportReport extends ImportFinishedData {
  readonly mapping: string;
  readonly dryRun: boolean;
  /** Rows (or vanished leads and deals) that differ from an earlier import in a way that nobody may guess at. */
  readonly listed: number;
  readonly rejectsFile: string | null;
}

/** What an import is run with. */
export interface ImportLedger {
  readonly store: EventStore;
  readonly identity: IdentityHasher;
  readonly organisation: OrganisationConfiguredData;
  readonly clock?: () => Instant;
  /** Where other processes may be at work: see `MembersDeps`. */
  readonly turn?: NameTurn;
}

/**
 * Imports files into the ledger. Files that cannot be read to their end are refused before anything is written; rows that cannot be imported are
 * written to a file of their own, and the others go on. Running it again adds nothing. Throws `IMPORT.*` and what the ledger throws.
 */
export async function runImport(ledger: ImportLedger, options: ImportOptions): Promise<ImportReport> {
  const { mapping, asHistory = false, dryRun = false } = options;
  const clock = ledger.clock ?? Date.now;
  if (asHistory && (await ledger.store.firstRecordedAt()) !== null) {
    throw refused(
      'IMPORT.LEDGER_NOT_EMPTY',
      '--as-history imports into an empty ledger only; leave it out, or name another --data folder',
    );
  }
  const found = await survey(mapping, findSourceFiles(mapping, options.paths), ledger.organisation);
  const importId = freshUuid();
  const staging = asHistory || dryRun ? newStagingStore(ledger.store, clock) : null;
  const store = staging ?? ledger.store;
  const roster = createRoster(store, clock);
  const deps: ImportDeps = {
    ...ledger,
    store,
    roster,
    codeLists: createCodeLists(store, clock),
    channels: createChannels(store, clock),
    clock,
  };
  const rejects = newRejectsFile(options.rejects ?? besideFirst(found, importId), found.files);
  const again = !asHistory && (await importedBefore(store, mapping.system));
  const work: Work = {
    run: {
      deps,
      system: mapping.system,
      importId,
      namespace: sourceNamespace(installationOf(store), mapping.system),
      firstSeen: again || asHistory ? null : new Set(),
      spendMet: new Set(),
    },
    roster,
    found,
    tally: newTally(),
    rejects,
    staging: dryRun ? null : staging,
    onProgress: options.onProgress,
  };
  try {
    await record(
      work,
      handleStartImport,
      'start',
      startedData(work, asHistory),
      asHistory ? (found.firstAt ?? clock()) : undefined,
    );
    const end = asHistory ? await writeHistory(work) : await writeBatches(work);
    if (again && mapping.complete === true) list(work, await vanished(store, mapping, found, work.run));
    const { tally } = work;
    const finished = {
      importId,
      rows: tally.rows,
      rejected: tally.rejected,
      unchanged: unchangedRows(tally),
      events: tally.events,
    };
    await record(work, handleFinishImport, 'finish', finished, asHistory ? end : undefined);
    await work.staging?.flush();
    return { ...finished, mapping: mapping.name, dryRun, listed: tally.listed, rejectsFile: rejects.path };
  } finally {
    rejects.close();
  }
}

/** Next to what is to be mended; where nothing may be written there, in the working folder. */
function besideFirst({ files }: Survey, importId: string): string {
  const name = rejectsName(importId);
  const folder = dirname(files[0]?.path ?? name);
  try {
    accessSync(folder, constants.W_OK);
    return join(folder, name);
  } catch {
    return name;
  }
}

const startedData = ({ run, found }: Work, asHistory: boolean): ImportStartedData => ({
  importId: run.importId,
  mapping: found.mapping.name,
  system: run.system,
  files: found.files.map(({ name, sha256, rows }) => ({ name, sha256, rows })),
  asHistory,
});

async function record<Data>(
  { run }: Work,
  handle: (store: EventStore, context: CommandContext, data: Data) => Promise<unknown>,
  name: string,
  data: Data,
  at: Instant | null | undefined,
): Promise<void> {
  const { store, identity, clock } = run.deps;
  const context: CommandContext = {
    commandId: uuidv5(run.importId, name),
    commandDigest: identity.digest(canonicalJson(data)),
    correlationId: run.importId,
    causationId: null,
    actor: importActor,
    now: at ?? clock(),
    recordedAt: at ?? undefined,
  };
  await handle(store, context, data);
}

async function importedBefore(store: EventStore, system: string): Promise<boolean> {
  for await (const page of store.readAll({ types: ['import.started'] })) {
    if (page.events.some((event) => (event as RecordedEvent<ImportStartedData>).data().system === system)) return true;
  }
  return false;
}
