import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '#kernel/errors.js';
import type { ProcessorSpec } from '../read-store.js';
import { asking, isDuplicate, unavailable, type Connection } from './connection.js';

/** What the store knows of one generation of a processor. */
export interface Generation {
  readonly generation: number;
  readonly version: number;
  readonly lanes: number;
  readonly indexed: boolean;
  /** `ProcessorSpec` as JSON text. */
  readonly spec: string;
}

/** One document a processor, so that every change of its generations is one guarded write. */
export interface Entry {
  readonly _id: string;
  /** Of this entry; guards its next change. */
  readonly revision: number;
  /** Never falls, so that a dropped number is never given to other documents. */
  readonly next: number;
  readonly active: number | null;
  readonly generations: readonly Generation[];
}

export interface Catalogue {
  /** Of all processors, or of these, by name. */
  entries(processors?: readonly string[]): Promise<readonly Entry[]>;
  entry(processor: string): Promise<Entry>;
  /** Changes the entry as one step, whoever else does; the same entry back changes nothing. */
  change(processor: string, change: (entry: Entry) => Entry): Promise<Entry>;
}

const ATTEMPTS = 100;

export function catalogueOf(connection: Connection): Catalogue {
  const processors = connection.collection<Entry>('processors');
  const entry = async (processor: string): Promise<Entry> =>
    (await asking(() => processors.findOne({ _id: processor }))) ?? {
      _id: processor,
      revision: 0,
      next: 1,
      active: null,
      generations: [],
    };
  const replaced = (processor: string, revision: number, changed: Entry): Promise<boolean> =>
    asking(async () => {
      try {
        const filter = { _id: processor, revision };
        const { matchedCount, upsertedCount } = await processors.replaceOne(filter, changed, {
          upsert: revision === 0,
        });
        return matchedCount + upsertedCount > 0;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    });
  return {
    entries: (some) =>
      asking(() =>
        processors
          .find(some === undefined ? {} : { _id: { $in: [...some] } })
          .sort({ _id: 1 })
          .toArray(),
      ),
    entry,

    async change(processor, change) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const before = await entry(processor);
        const after = change(before);
        if (after === before) return before;
        const changed = { ...after, revision: before.revision + 1 };
        if (await replaced(processor, before.revision, changed)) return changed;
        await sleep(Math.random() * 10);
      }
      throw unavailable(`the generations of "${processor}" are being changed by many at once`);
    },
  };
}

export const generationOf = (entry: Entry, generation: number): Generation | undefined =>
  entry.generations.find((one) => one.generation === generation);

export const specOf = (generation: Generation): ProcessorSpec => JSON.parse(generation.spec) as ProcessorSpec; // written by `begin` only

/** Unavailable: it was dropped, the active one answers. */
export const noSuchGeneration = (processor: string, generation: number): DomainError =>
  new DomainError('unavailable', 'READ_STORE.NO_SUCH_GENERATION', `generation ${generation} of "${processor}" is gone`);
