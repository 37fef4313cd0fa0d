import { MongoClient, MongoError, type Collection, type Db, type Document } from 'mongodb';
import { DomainError } from '#kernel/errors.js';

export interface Connection {
  readonly db: Db;
  collection<D extends Document>(name: string): Collection<D>;
  /** Counts lost connections: after one the server may be another, or the same one some writes earlier. */
  outages(): number;
  /** Writes that the server takes as one command. */
  readonly mostWrites: number;
  close(): Promise<void>;
}

/** How long a question waits for a server to be there at all, and for its answer. */
const SELECTION_MS = 5_000;
const ANSWER_MS = 60_000;

/**
 * Connects to `mongodb://…/<database>`. What is acknowledged is on the disks of a majority, and only that is read: a new primary never
 * knows less than was seen. Throws `READ_STORE.BAD_ADDRESS` (malformed) and `READ_STORE.UNAVAILABLE` (unavailable).
 */
export async function connect(address: string): Promise<Connection> {
  const client = clientOf(address);
  let outages = 0;
  client.on('connectionClosed', ({ reason }) => {
    if (reason === 'error' || reason === 'stale') outages += 1;
  });
  client.on('connectionPoolCleared', () => (outages += 1));
  client.on('serverHeartbeatFailed', () => (outages += 1));
  const db = client.db();
  const mostWrites = await mostWritesOf(client).catch(async (error: unknown) => {
    await client.close();
    throw error;
  });
  return {
    db,
    mostWrites,
    collection: (name) => db.collection(name),
    outages: () => outages,
    close: () => client.close(),
  };
}

/** By the name of the command that every version knows. */
async function mostWritesOf(client: MongoClient): Promise<number> {
  const { maxWriteBatchSize } = await asking(() => client.db().command({ isMaster: 1 }));
  return typeof maxWriteBatchSize === 'number' ? maxWriteBatchSize : 1_000;
}

function clientOf(address: string): MongoClient {
  if (!/^mongodb(\+srv)?:\/\/[^/]+\/[^/?]+/.test(address))
    throw new DomainError('malformed', 'READ_STORE.BAD_ADDRESS', 'expected mongodb://host[,host]/database');
  try {
    return new MongoClient(address, {
      appName: 'concord',
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      readPreference: 'primary',
      serverSelectionTimeoutMS: SELECTION_MS,
      connectTimeoutMS: SELECTION_MS,
      waitQueueTimeoutMS: ANSWER_MS,
      socketTimeoutMS: ANSWER_MS,
      // Bodies are texts of our own making.
      enableUtf8Validation: false,
      promoteLongs: true,
    });
  } catch (error) {
    throw new DomainError('malformed', 'READ_STORE.BAD_ADDRESS', messageOf(error));
  }
}

/** Runs a question; whatever the driver or the server then complains of makes the store unavailable for this question. */
export async function asking<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    throw error instanceof MongoError ? unavailable(messageOf(error)) : error;
  }
}

export const unavailable = (detail: string): DomainError =>
  new DomainError('unavailable', 'READ_STORE.UNAVAILABLE', detail);

export const DUPLICATE_KEY = 11000;
export const isDuplicate = (error: unknown): boolean => error instanceof MongoError && error.code === DUPLICATE_KEY;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
