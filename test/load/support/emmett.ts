import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** As much of `@event-driven-io/emmett-sqlite` 0.38 as is measured; it is installed only on demand (test/load/emmett/README.md). */
export interface EmmettSqlite {
  sqliteConnection(options: { readonly fileName: string }): EmmettConnection;
  createEventStoreSchema(connection: EmmettConnection): Promise<void>;
  readStream(connection: EmmettConnection, stream: string): Promise<EmmettRead>;
  appendToStream(
    connection: EmmettConnection,
    stream: string,
    streamType: string,
    events: readonly EmmettEvent[],
    options: { readonly expectedStreamVersion: bigint | 'STREAM_DOES_NOT_EXIST' },
  ): Promise<{ readonly success: true } | { readonly success: false }>;
  getSQLiteEventStore(options: { readonly fileName: string }): EmmettStore;
}

export interface EmmettConnection {
  command(sql: string, values?: readonly unknown[]): Promise<unknown>;
  querySingle<T>(sql: string, values?: readonly unknown[]): Promise<T | null>;
  withTransaction<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

export interface EmmettEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EmmettRead {
  readonly currentStreamVersion: bigint;
  readonly events: readonly EmmettEvent[];
  readonly streamExists: boolean;
}

export interface EmmettStore {
  consumer(options: {
    readonly pulling: { readonly batchSize: number; readonly pullingFrequencyInMs: number };
  }): EmmettConsumer;
}

export interface EmmettConsumer {
  processor(options: {
    readonly processorId: string;
    readonly startFrom: 'BEGINNING';
    readonly projection: {
      readonly name: string;
      readonly canHandle: readonly string[];
      handle(events: readonly EmmettMessage[], context: { readonly connection: EmmettConnection }): Promise<void>;
    };
    readonly stopAfter: (message: EmmettMessage) => boolean;
  }): void;
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface EmmettMessage extends EmmettEvent {
  readonly metadata: { readonly streamName: string; readonly globalPosition: bigint };
}

const FOLDER = join(import.meta.dirname, '../../../../test/load/emmett');

/** null where nobody installed it. */
export async function loadEmmett(): Promise<EmmettSqlite | null> {
  if (!existsSync(join(FOLDER, 'node_modules'))) return null;
  const entry = createRequire(join(FOLDER, 'package.json')).resolve('@event-driven-io/emmett-sqlite');
  return (await import(pathToFileURL(entry).href)) as EmmettSqlite; // the version is pinned beside it
}

export const EMMETT_SKIPPED = 'not installed: npm ci in test/load/emmett';
