import {
  BACKWARDS,
  EventStoreDBClient,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
  MaxAppendSizeExceededError,
  jsonEvent,
  type AllStreamResolvedEvent,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { setTimeout as delay } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import type { NewEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { Instant } from '#kernel/time.js';

/** What stands in an event's metadata: its envelope. Correlation and causation under the names that the server's own projections know. */
export type Envelope = Pick<
  NewEvent,
  'schemaVersion' | 'commandId' | 'commandDigest' | 'actor' | 'leadId' | 'pass' | 'occurredAt' | 'recordedAt' | 'meta'
> & { readonly $correlationId: string; readonly $causationId: string | null };

/** A record of the log, also of streams that are not Concord's: those have no envelope. */
export interface LogRecord {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  /** The commit position; what is written over gRPC has the same prepare position. */
  readonly position: number;
  /** The server's. */
  readonly stamp: Instant;
  readonly envelope: Envelope | null;
  readonly data: unknown;
}

export interface Place {
  readonly revision: number;
  readonly position: number;
}

/** One server or cluster. Everything that knows the client and works around its faults is in this file. */
export interface Connection {
  /**
   * At exactly this revision (-1: no stream yet), all or none. null: the stream is elsewhere. Safe to repeat: the server knows the ids again.
   * Throws a DomainError for what is refused for good, and `UnknownOutcome` when it may have been written all the same.
   */
  append(stream: string, events: readonly NewEvent[], revision: number): Promise<Place | null>;
  /** From a revision on; empty for a stream that does not exist. */
  readStream(stream: string, from: number, count: number): Promise<LogRecord[]>;
  /** In the order of the whole log, behind `after` (null: from the beginning), which must be the place of a record. */
  readAll(after: number | null, count: number): Promise<LogRecord[]>;
  /** The last record of the whole log. */
  last(): Promise<LogRecord | null>;
  /** One subscription, in batches of what has come; throws when it breaks. Nothing is fetched ahead of a slow consumer but its buffers. */
  follow(after: number | null, signal: AbortSignal): AsyncIterable<LogRecord[]>;
  close(): Promise<void>;
}

/** Nobody knows whether it was written. */
export class UnknownOutcome extends Error {}

/** Longest silence of the server within a call, in ms. */
const SILENCE_MS = 8_000;
/** Records that a subscription holds before the server has to wait. */
const BUFFERED = 256;

/** `namespace`: before every stream's name on the server; streams without it are others'. */
export function connectTo(address: string, patienceMs: number, namespace: string): Connection {
  const credentials = credentialsOf(address);
  let client: EventStoreDBClient | null = null;
  const current = (): EventStoreDBClient => (client ??= EventStoreDBClient.connectionString(address));

  /** A client that failed to discover its cluster once fails for ever: the next call gets a new one. */
  function noteError(error: unknown): void {
    if (!/Failed to discover/i.test(messageOf(error)) || client === null) return;
    const broken = client;
    client = null;
    void broken.dispose().catch(() => undefined);
  }

  async function append(stream: string, events: readonly NewEvent[], revision: number): Promise<Place | null> {
    try {
      // With credentials of its own a call is a unary one: the client's batches reject other streams' appends when one stream fails.
      const { nextExpectedRevision, position } = await current().appendToStream(
        namespace + stream,
        events.map(proposed),
        {
          expectedRevision: revision < 0 ? 'no_stream' : BigInt(revision),
          credentials,
          deadline: SILENCE_MS,
        },
      );
      if (position === undefined) throw new UnknownOutcome('the server gave no position');
      return { revision: Number(nextExpectedRevision), position: Number(position.commit) };
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return null;
      noteError(error);
      if (error instanceof MaxAppendSizeExceededError)
        throw new DomainError(
          'too-large',
          'EVENT_STORE.TOO_LARGE',
          `an append to ${stream} is larger than the server takes`,
        );
      if (error instanceof StreamDeletedError)
        throw new DomainError('gone', 'EVENT_STORE.STREAM_DELETED', `${stream} was deleted on the server`);
      throw error instanceof UnknownOutcome ? error : new UnknownOutcome(messageOf(error));
    }
  }

  /** Asks again until the patience is over: a read changes nothing. */
  async function patiently<T>(read: () => Promise<T>): Promise<T> {
    const giveUp = performance.now() + patienceMs;
    for (let wait = 25; ; wait = Math.min(wait * 2, 500)) {
      try {
        return await read();
      } catch (error) {
        noteError(error);
        if (error instanceof DomainError) throw error;
        if (performance.now() + wait > giveUp) throw unavailable(messageOf(error));
        await delay(wait);
      }
    }
  }

  const allFrom = (after: number | null) =>
    after === null ? ('start' as const) : { commit: BigInt(after), prepare: BigInt(after) };

  return {
    append,
    readStream: (stream, from, count) =>
      patiently(() => {
        const reading = current().readStream(namespace + stream, {
          fromRevision: BigInt(from),
          maxCount: count,
          credentials,
        });
        return collected(readable(reading), namespace, () => reading.cancel());
      }),
    readAll: (after, count) =>
      patiently(async () => {
        const wanted = count + (after === null ? 0 : 1);
        const reading = current().readAll({ fromPosition: allFrom(after), maxCount: wanted, credentials });
        const records = await collected(readable(reading), namespace, () => reading.cancel());
        // Reading begins at the record of the position itself.
        return after !== null && records[0]?.position === after ? records.slice(1) : records;
      }),
    last: () =>
      patiently(async () => {
        const reading = current().readAll({ direction: BACKWARDS, fromPosition: 'end', maxCount: 1, credentials });
        return (await collected(readable(reading), namespace, () => reading.cancel()))[0] ?? null;
      }),
    async *follow(after, signal) {
      const subscription = current().subscribeToAll(
        { fromPosition: allFrom(after), credentials },
        { highWaterMark: BUFFERED },
      );
      const stop = (): void => void subscription.unsubscribe().catch(() => undefined);
      try {
        yield* batches(readable(subscription), namespace, signal);
      } catch (error) {
        noteError(error);
        throw error;
      } finally {
        stop();
      }
    },
    async close() {
      const open = client;
      client = null;
      await open?.dispose();
    },
  };
}

export const unavailable = (detail: string): DomainError =>
  new DomainError('unavailable', 'EVENT_STORE.UNAVAILABLE', detail);

/** Those of the address. An insecure connection sends none, so any will do there. */
function credentialsOf(address: string): { username: string; password: string } {
  const [, username, password] = /^esdb(?:\+discover)?:\/\/([^:@/]+):([^@/]+)@/.exec(address) ?? [];
  if (username !== undefined && password !== undefined)
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  if (/[?&]tls=false\b/i.test(address)) return { username: 'none', password: 'none' };
  throw new DomainError(
    'malformed',
    'EVENT_STORE.BAD_ADDRESS',
    'an address of EventStoreDB names user and password (esdb://user:password@host:2113), or says tls=false',
  );
}

function proposed(event: NewEvent) {
  const { eventId: id, type, schemaVersion, commandId, commandDigest, correlationId, causationId } = event;
  const { actor, leadId, pass, occurredAt, recordedAt, meta, data } = event;
  const metadata: Envelope = {
    ...{ $correlationId: correlationId, $causationId: causationId, commandId, commandDigest, schemaVersion },
    ...{ actor, leadId, pass, occurredAt, recordedAt, meta },
  };
  // The client types payloads as JSON objects and writes any JSON value.
  return jsonEvent({ id, type, data: (data ?? null) as Record<string, unknown>, metadata });
}

/** The client's overloads of `on` hide that its streams are what they extend. */
const readable = (stream: object): Readable => stream as Readable;

/** Events of a count read. `cancel` ends the call on the wire. */
function collected(reading: Readable, namespace: string, cancel: () => Promise<void>): Promise<LogRecord[]> {
  return new Promise((resolve, reject) => {
    const records: LogRecord[] = [];
    const fail = (error: unknown): void => {
      clearTimeout(silence);
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const silence = setTimeout(() => {
      void cancel().catch(() => undefined);
      fail(new Error(`no answer within ${SILENCE_MS} ms`));
    }, SILENCE_MS);
    reading.on('data', (resolved: ResolvedEvent) => {
      const record = recordOf(resolved, namespace);
      if (record !== null) records.push(record);
      if (records.length % 256 === 0) silence.refresh();
    });
    reading.on('end', () => {
      clearTimeout(silence);
      resolve(records);
    });
    // Stays, because errors come late and more than once.
    reading.on('error', (error) => {
      if (!(error instanceof StreamNotFoundError)) {
        fail(error);
        return;
      }
      clearTimeout(silence);
      resolve([]);
    });
  });
}

/** Takes what is there at a time; the server waits when nothing is taken. */
async function* batches(subscription: Readable, namespace: string, signal: AbortSignal): AsyncGenerator<LogRecord[]> {
  let failed: unknown = null;
  let wake = (): void => undefined;
  const woken = (): void => wake();
  subscription.on('readable', woken);
  subscription.on('end', () => fail(new Error('the subscription ended')));
  subscription.on('close', () => fail(new Error('the subscription closed')));
  subscription.on('error', fail);
  signal.addEventListener('abort', woken);
  function fail(error: unknown): void {
    failed ??= error;
    wake();
  }
  try {
    while (!signal.aborted) {
      const batch: LogRecord[] = [];
      const arrived = new Promise<void>((resolve) => (wake = resolve));
      for (;;) {
        const resolved = subscription.read() as AllStreamResolvedEvent | null; // object mode
        if (resolved === null) break;
        const record = recordOf(resolved, namespace);
        if (record !== null) batch.push(record);
        if (batch.length >= BUFFERED) break;
      }
      if (batch.length > 0) yield batch;
      // What had come before it broke has been handed on.
      else if (failed !== null) throw failed instanceof Error ? failed : new Error('the subscription broke');
      else await arrived;
    }
  } finally {
    signal.removeEventListener('abort', woken);
  }
}

/** null: the record is gone (a link whose event was deleted). */
function recordOf({ event }: ResolvedEvent, namespace: string): LogRecord | null {
  if (event === undefined) return null;
  const { streamId, revision, id, type, position, created, metadata, data } = event;
  if (position === undefined) throw new Error('the server gives no positions: EventStoreDB 22.6 or later is needed');
  const ours = isOurs(streamId, namespace) && !type.startsWith('$') ? (metadata as Envelope | undefined) : null;
  return {
    ...{ stream: ours === null ? streamId : streamId.slice(namespace.length), id, type, data },
    revision: Number(revision),
    position: Number(position.commit),
    stamp: created.getTime(),
    envelope: typeof ours?.commandId === 'string' ? ours : null,
  };
}

/** Of the server are `$…`, of a namespace `~…`. */
const isOurs = (stream: string, namespace: string): boolean =>
  stream.startsWith(namespace) && !/^[$~]/.test(stream.slice(namespace.length));

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
