import type { Collection } from 'mongodb';
import { DomainError } from '#kernel/errors.js';
import { documentDigest } from '../document-digest.js';
import type { ProcessorSpec, ReadStore, Stored, ViewSpec, Write } from '../read-store.js';
import { applyBatch } from './apply.js';
import { catalogueOf, generationOf, noSuchGeneration, specOf, type Generation } from './catalogue.js';
import { checkpointKey, layCheckpoints, type Checkpoint } from './checkpoints.js';
import { asking, connect, isDuplicate } from './connection.js';
import { documentFrom, documentShape, keyOf, idOf, positionFrom, storedFrom, type MongoDocument } from './document.js';
import { countLive, findPage } from './find.js';
import { collectionName, generationsOf } from './generations.js';
import { leasesOf } from './leases.js';

export interface MongoReadStoreSettings {
  /** `mongodb://host[,host]/<database>`: the database is the store's own. */
  readonly address: string;
  /** Called before each command of a write (tests make it throw: a crash at that step); each write is then a command of its own. */
  readonly onStep?: (step: string) => void;
}

interface Declared {
  readonly spec: ProcessorSpec;
  readonly lanes: number;
  /** When it was last seen to be known. */
  readonly outages: number;
}

/** Documents asked for at once. */
const ASKED = 5_000;
const BODY = { at: 1, body: 1, z: 1 } as const;

/**
 * Read models in MongoDB: one collection a generation, with its checkpoints. Any number of processes may share it. Needs no transactions,
 * and is as it was after a server that comes back earlier than it was.
 */
export async function openMongoReadStore(settings: MongoReadStoreSettings): Promise<ReadStore> {
  const connection = await connect(settings.address);
  const catalogue = catalogueOf(connection);
  const generations = generationsOf(connection, catalogue);
  const declared = new Map<string, Declared>();
  const open = new Map<string, OpenGeneration>();

  const partSize = settings.onStep === undefined ? connection.mostWrites : 1;
  const onStep = settings.onStep ?? (() => undefined);

  /** A generation's views never change, so they are looked up once. */
  async function opened(processor: string, generation: number): Promise<OpenGeneration> {
    const name = collectionName(processor, generation);
    let found = open.get(name);
    if (found === undefined) {
      found = openGeneration(connection.collection(name), processor, await existing(processor, generation));
      open.set(name, found);
    }
    return found;
  }

  async function existing(processor: string, generation: number): Promise<Generation> {
    const found = generationOf(await catalogue.entry(processor), generation);
    if (found !== undefined) return found;
    open.delete(collectionName(processor, generation));
    throw noSuchGeneration(processor, generation);
  }

  /** An empty answer may be that of a generation which was dropped meanwhile. */
  async function unlessGone<T>(answer: T, isEmpty: boolean, processor: string, generation: number): Promise<T> {
    if (isEmpty) {
      const { checkpoints } = await opened(processor, generation);
      const found = await asking(() => checkpoints.findOne({ _id: checkpointKey(0) }));
      if (found === null) await existing(processor, generation);
    }
    return answer;
  }

  async function byIds<D>(processor: string, generation: number, view: string, ids: readonly string[]) {
    const { collection, shapeOf } = await opened(processor, generation);
    shapeOf(view);
    const found: Stored<D | null>[] = [];
    for (let from = 0; from < ids.length; from += ASKED) {
      const keys = ids.slice(from, from + ASKED).map((id) => keyOf(view, id));
      // The first lane's checkpoint tells that the generation is there.
      const asked = [...keys, checkpointKey(0)];
      const documents = await asking(() =>
        collection.find({ _id: { $in: asked } }, { projection: BODY, batchSize: asked.length + 1 }).toArray(),
      );
      if (!documents.some(({ _id }) => _id === checkpointKey(0))) await existing(processor, generation);
      for (const one of documents) if (one._id !== checkpointKey(0)) found.push(storedFrom<D | null>(view, one));
    }
    return found;
  }

  /** After an outage: the server may have come back to before it was told of a processor. */
  async function declareAgain(processors: readonly string[]): Promise<void> {
    const outages = connection.outages();
    for (const one of processors.map((name) => declared.get(name))) {
      if (one === undefined || one.outages === outages) continue;
      await generations.declare(one.spec, one.lanes);
      declared.set(one.spec.processor, { ...one, outages });
    }
  }

  const alive = <D>(found: readonly Stored<D | null>[]): readonly Stored<D>[] =>
    found.filter((one): one is Stored<D> => one.document !== null);

  const readStore: ReadStore = {
    async declare(spec, lanes) {
      const outages = connection.outages();
      await generations.declare(spec, lanes);
      declared.set(spec.processor, { spec, lanes, outages });
    },

    async apply(batch) {
      const { processor, generation } = batch;
      const { collection, checkpoints, lanes, shapeOf } = await opened(processor, generation);
      const documentOf = (write: Write): MongoDocument => shapeOf(write.view)(write);
      const apply = () =>
        applyBatch(collection, batch, documentOf, { partSize, onStep, outages: () => connection.outages() });
      let answer = await apply();
      if (answer === 'gone') {
        await existing(processor, generation);
        // The server came back to before they were laid.
        await layCheckpoints(checkpoints, lanes);
        answer = await apply();
      }
      if (answer === 'gone') throw noSuchGeneration(processor, generation);
      return answer;
    },

    outages: () => connection.outages(),

    async checkpoint(processor, generation, lane) {
      const { checkpoints } = await opened(processor, generation);
      const found = await asking(() => checkpoints.findOne({ _id: checkpointKey(lane) }));
      if (found === null) await existing(processor, generation);
      return positionFrom(found?.at);
    },

    async setStalled(processor, generation, lane, stall) {
      const { checkpoints } = await opened(processor, generation);
      const stalled = stall === null ? null : JSON.stringify(stall);
      await asking(() => checkpoints.updateOne({ _id: checkpointKey(lane) }, { $set: { stalled } }));
    },

    async get<D>(processor: string, generation: number, view: string, id: string) {
      return alive(await byIds<D>(processor, generation, view, [id]))[0] ?? null;
    },

    async getMany<D>(
      processor: string,
      generation: number,
      view: string,
      ids: readonly string[],
      options?: { readonly tombstones: true },
    ) {
      const found = await byIds<D>(processor, generation, view, ids);
      // With tombstones D is what the caller's signature says: a document or null.
      return options?.tombstones === true ? (found as readonly Stored<D>[]) : alive(found);
    },

    async range<D>(processor: string, generation: number, view: string, from: string, to: string) {
      const { collection } = await opened(processor, generation);
      const filter = { _id: { $gte: keyOf(view, from), $lt: keyOf(view, to) } };
      const found = await asking(() =>
        collection.find(filter, { projection: BODY, batchSize: ASKED }).sort({ _id: 1 }).toArray(),
      );
      const stored = alive(found.map((one) => storedFrom<D | null>(view, one)));
      return unlessGone(stored, stored.length === 0, processor, generation);
    },

    async find<D>(processor: string, generation: number, view: string, options: Parameters<ReadStore['find']>[3]) {
      const { collection, specOf } = await opened(processor, generation);
      const page = await findPage<D>(collection, specOf(view), options);
      return unlessGone(page, page.items.length === 0, processor, generation);
    },

    async count(processor, generation, view, where) {
      const { collection, specOf } = await opened(processor, generation);
      const n = await countLive(collection, specOf(view), where ?? {});
      return unlessGone(n, n === 0, processor, generation);
    },

    async active(processor) {
      await declareAgain([processor]);
      return generations.active(processor);
    },

    async begin(processor, lanes) {
      const { generation } = await readStore.active(processor);
      return generations.begin(declared.get(processor)?.spec ?? specOf(await existing(processor, generation)), lanes);
    },

    settle: (processor, generation) => generations.settle(processor, generation),
    promote: (processor, generation) => generations.promote(processor, generation),

    async drop(processor, generation) {
      await generations.drop(processor, generation);
      open.delete(collectionName(processor, generation));
    },

    async status(processors) {
      await declareAgain(processors ?? [...declared.keys()]);
      return generations.status(processors);
    },

    async belongsTo(ledgerId) {
      const ledger = connection.collection<{ readonly _id: string; readonly id: string }>('ledger');
      const filter = { _id: 'ledger' };
      await asking(async () => {
        try {
          await ledger.updateOne(filter, { $setOnInsert: { id: ledgerId } }, { upsert: true });
        } catch (error) {
          // Another process was first.
          if (!isDuplicate(error)) throw error;
        }
      });
      return (await asking(() => ledger.findOne(filter)))?.id ?? ledgerId;
    },

    ...leasesOf(connection),

    async digest(processor, generation, view) {
      const { collection } = await opened(processor, generation);
      const digest = documentDigest();
      await asking(async () => {
        const filter = { _id: { $gte: keyOf(view, ''), $lt: keyOf(view, '\u{10ffff}') } };
        for await (const stored of collection.find(filter, { projection: BODY }).sort({ _id: 1 })) {
          if (stored.body !== undefined) digest.add(idOf(view, stored._id), documentFrom(stored));
        }
      });
      return digest.sum();
    },

    close: () => connection.close(),
  };
  return readStore;
}

interface OpenGeneration {
  readonly collection: Collection<MongoDocument>;
  readonly checkpoints: Collection<Checkpoint>;
  readonly lanes: number;
  specOf(view: string): ViewSpec;
  shapeOf(view: string): (write: Write) => MongoDocument;
}

function openGeneration(
  collection: Collection<MongoDocument>,
  processor: string,
  generation: Generation,
): OpenGeneration {
  const views = new Map(
    specOf(generation).views.map((view) => [view.view, { view, shape: documentShape(view) }] as const),
  );
  const known = (name: string) => {
    const found = views.get(name);
    if (found !== undefined) return found;
    throw new DomainError(
      'unavailable',
      'READ_STORE.UNKNOWN_VIEW',
      `"${processor}" has no view "${name}" in generation ${generation.generation}`,
    );
  };
  return {
    collection,
    // Typed once as documents, once as checkpoints; `_id` tells them apart.
    checkpoints: collection as unknown as Collection<Checkpoint>,
    lanes: generation.lanes,
    specOf: (view) => known(view).view,
    shapeOf: (view) => known(view).shape,
  };
}
