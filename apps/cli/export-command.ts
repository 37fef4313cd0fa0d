import { createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openEventStore } from '#apps/composition/stores.js';
import type { EventStore } from '#event-store/event-store.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { positionText } from '#kernel/position.js';
import { instantText } from '#kernel/time.js';
import { readConfig } from '#platform/config/config.js';
import { EXIT, UsageError, type ExitCode } from './exit-code.js';

/** `concord export`: every event as one line of JSON, in order, as it lies in the ledger: personal fields stay encrypted. */
export async function exportCommand(
  { data, out }: { readonly data: string; readonly out?: string },
  env: NodeJS.ProcessEnv,
): Promise<ExitCode> {
  const config = readConfig({ ...env, CONCORD_DATA: data });
  if (config.ledgerAddress === undefined && !existsSync(join(config.dataFolder, 'ledger.sqlite')))
    throw new UsageError(`there is no ledger in ${config.dataFolder}`);
  // Without the keys: what this process cannot decrypt it cannot leak.
  const store = await openEventStore(config);
  try {
    const lines = Readable.from(eventLines(store));
    if (out === undefined) await pipeline(lines, process.stdout, { end: false });
    else await pipeline(lines, createWriteStream(out, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
    if (code === 'EEXIST') throw new UsageError(`${out ?? ''} exists already; name a new file`);
    // Whoever reads the pipe has seen enough (head).
    if (code !== 'EPIPE' && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  } finally {
    await store.close();
  }
  return EXIT.done;
}

async function* eventLines(store: EventStore): AsyncGenerator<string> {
  const source = `urn:concord:ledger:${store.ledgerId}`;
  for await (const page of store.readAll({}))
    yield page.events.map((event) => `${JSON.stringify(envelope(source, event))}\n`).join('');
}

/** CloudEvents' names where it has one; its extension attributes are lower case. */
const envelope = (source: string, event: RecordedEvent): object => ({
  specversion: '1.0',
  id: event.eventId,
  source,
  type: event.type,
  subject: event.stream,
  time: instantText(event.occurredAt),
  datacontenttype: 'application/json',
  recordedat: instantText(event.recordedAt),
  position: positionText(event.position),
  revision: event.revision,
  schemaversion: event.schemaVersion,
  leadid: event.leadId,
  pass: event.pass,
  actorid: event.actor.id,
  actorteam: event.actor.team,
  commandid: event.commandId,
  commanddigest: event.commandDigest,
  correlationid: event.correlationId,
  causationid: event.causationId,
  meta: event.meta,
  data: event.data(),
});
