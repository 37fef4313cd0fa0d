import { DomainError, refused } from '#kernel/errors.js';
import { named } from '../names.js';
import { assertNotBehind } from '../promotion.js';
import type { GenerationStatus, ProcessorSpec } from '../read-store.js';
import { generationOf, noSuchGeneration, specOf, type Catalogue, type Entry, type Generation } from './catalogue.js';
import { laneStates, layCheckpoints, type Checkpoint } from './checkpoints.js';
import { asking, type Connection } from './connection.js';
import { fieldPath } from './document.js';

/** A processor's name may hold dots, its number is always the last part. */
export const collectionName = (processor: string, generation: number): string =>
  `documents.${named(processor)}.${generation}`;

export interface Generations {
  declare(spec: ProcessorSpec, lanes: number): Promise<void>;
  begin(spec: ProcessorSpec, lanes: number): Promise<number>;
  active(processor: string): Promise<{ readonly generation: number; readonly lanes: number }>;
  settle(processor: string, generation: number): Promise<void>;
  promote(processor: string, generation: number): Promise<void>;
  drop(processor: string, generation: number): Promise<void>;
  status(processors?: readonly string[]): Promise<readonly GenerationStatus[]>;
}

export function generationsOf(connection: Connection, catalogue: Catalogue): Generations {
  const checkpointsOf = (processor: string, generation: number) =>
    connection.collection<Checkpoint>(collectionName(processor, generation));

  const add = (entry: Entry, spec: ProcessorSpec, lanes: number): Entry => ({
    ...entry,
    next: entry.next + 1,
    generations: [
      ...entry.generations,
      { generation: entry.next, version: spec.version, lanes, indexed: false, spec: JSON.stringify(spec) },
    ],
  });

  /** The entry comes first, so that documents without one are known to be nobody's. */
  async function layOut(processor: string, { generation, lanes }: Generation): Promise<void> {
    await layCheckpoints(checkpointsOf(processor, generation), lanes);
  }

  /** What was written to a generation while it was dropped. */
  async function removeOrphans(processor: string): Promise<void> {
    const prefix = `documents.${named(processor)}.`;
    const found = await asking(() => connection.db.listCollections({}, { nameOnly: true }).toArray());
    const { generations } = await catalogue.entry(processor);
    for (const { name } of found) {
      const number = name.startsWith(prefix) ? name.slice(prefix.length) : '';
      if (!/^\d+$/.test(number) || generations.some(({ generation }) => generation === Number(number))) continue;
      await asking(() => connection.db.dropCollection(name));
    }
  }

  async function lanesOf(processor: string, { generation, lanes }: Generation) {
    return (await laneStates(checkpointsOf(processor, generation), lanes)).map(({ checkpoint }) => checkpoint);
  }

  async function assertThere(entry: Entry, generation: number): Promise<void> {
    const [candidate, active] = [generationOf(entry, generation), generationOf(entry, entry.active ?? 0)];
    if (candidate === undefined) throw noSuchGeneration(entry._id, generation);
    if (active === undefined) throw unknownProcessor(entry._id);
    const reached = await lanesOf(entry._id, active);
    assertNotBehind(await lanesOf(entry._id, candidate), reached);
  }

  const generations: Generations = {
    async declare(spec, lanes) {
      named(spec.processor);
      for (const { view, fields } of spec.views) [view, ...fields.map(({ name }) => name)].forEach(named);
      await removeOrphans(spec.processor);
      const entry = await catalogue.change(spec.processor, (before) =>
        before.active === null ? { ...add(before, spec, lanes), active: before.next } : before,
      );
      const active = generationOf(entry, entry.active ?? 0);
      if (active !== undefined) await layOut(spec.processor, active);
    },

    async begin(spec, lanes) {
      const { generations } = await catalogue.change(spec.processor, (before) => add(before, spec, lanes));
      const added = generations.at(-1);
      if (added === undefined) throw new Error('a generation was added and is not there');
      await layOut(spec.processor, added);
      return added.generation;
    },

    async active(processor) {
      const entry = await catalogue.entry(processor);
      const found = generationOf(entry, entry.active ?? 0);
      if (found === undefined) throw unknownProcessor(processor);
      return { generation: found.generation, lanes: found.lanes };
    },

    /** Building an index over what is there costs far less than keeping it up while a million documents come in. */
    async settle(processor, generation) {
      const found = generationOf(await catalogue.entry(processor), generation);
      if (found === undefined) throw noSuchGeneration(processor, generation);
      if (found.indexed) return;
      const fields = new Set(specOf(found).views.flatMap((view) => view.fields.map(({ name }) => fieldPath(name))));
      if (fields.size > 0) {
        const keys = [...fields].map((field) => ({ key: { v: 1, [field]: 1, _id: 1 } as const, name: field }));
        await asking(() => checkpointsOf(processor, generation).createIndexes(keys));
      }
      await catalogue.change(processor, (before) => ({
        ...before,
        generations: before.generations.map((one) => (one.generation === generation ? { ...one, indexed: true } : one)),
      }));
    },

    async promote(processor, generation) {
      await assertThere(await catalogue.entry(processor), generation);
      await generations.settle(processor, generation);
      for (;;) {
        const entry = await catalogue.entry(processor);
        await assertThere(entry, generation);
        const { active } = await catalogue.change(processor, (now) =>
          now.revision === entry.revision ? { ...now, active: generation } : now,
        );
        if (active === generation) return;
      }
    },

    /** Nobody sees it any more once the entry has lost it; documents that a crash leaves go at the next `declare`. */
    async drop(processor, generation) {
      await catalogue.change(processor, (before) => {
        if (before.active === generation)
          throw refused('READ_STORE.GENERATION_ACTIVE', `generation ${generation} of "${processor}" is the active one`);
        const left = before.generations.filter((one) => one.generation !== generation);
        return left.length === before.generations.length ? before : { ...before, generations: left };
      });
      await asking(() => connection.db.dropCollection(collectionName(processor, generation)));
    },

    async status(processors) {
      const entries = await catalogue.entries(processors);
      const all = entries.flatMap((entry) => entry.generations.map((generation) => ({ entry, generation })));
      return Promise.all(
        all.map(async ({ entry, generation: { generation, version, lanes } }) => {
          const states = await laneStates(checkpointsOf(entry._id, generation), lanes);
          return {
            processor: entry._id,
            generation,
            version,
            lanes,
            active: entry.active === generation,
            checkpoints: states.map(({ checkpoint }) => checkpoint),
            stalled: states.map(({ stalled }) => stalled),
          };
        }),
      );
    },
  };
  return generations;
}

const unknownProcessor = (processor: string): DomainError =>
  new DomainError('unavailable', 'READ_STORE.UNKNOWN_PROCESSOR', `there are no documents of "${processor}" yet`);
