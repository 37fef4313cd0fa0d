import { setTimeout as sleep } from 'node:timers/promises';
import type { Json } from '#kernel/json.js';
import { positionOf, type Position } from '#kernel/position.js';
import type { Batch, FindOptions, ProcessorSpec, ReadStore, Write } from '../read-store.js';

/** One place where documents are kept, and any number of handles on it. */
export interface ReadStorePlace {
  /** `onStep` is called before each step of a write; when it throws, the handle behaves as if the process had died there. */
  handle(options?: { readonly onStep?: (step: string) => void }): Promise<ReadStore>;
  /** Closes every handle and removes the place. */
  remove(): Promise<void>;
}

const SPEC: ProcessorSpec = {
  processor: 'leads',
  version: 1,
  views: [
    {
      view: 'lead',
      fields: [
        { name: 'stage', type: 'text', sortable: true },
        { name: 'createdAt', type: 'number', sortable: true },
        { name: 'city', path: 'address.city', type: 'text' },
      ],
      search: ['name', 'tags'],
      attributes: { prefix: 'trait.', member: 'traits' },
    },
    { view: 'tally', fields: [] },
  ],
};

const at = (position: number): Position => positionOf(position);

const write = (
  id: string,
  position: number,
  document: Json | Uint8Array | null,
  read: number | null = null,
  view = 'lead',
): Write => ({
  view,
  id,
  read: read === null ? null : at(read),
  at: at(position),
  document,
});

const batch = (from: number | null, to: number, writes: readonly Write[], of: Partial<Batch> = {}): Batch => ({
  processor: 'leads',
  generation: 1,
  lane: 0,
  from: from === null ? null : at(from),
  to: at(to),
  writes,
  ...of,
});

/** What every adapter of the read store promises. */
export function readStoreContract(name: string, open: () => Promise<ReadStorePlace>): void {
  describe(`the read store on ${name}`, () => {
    let place: ReadStorePlace;
    let store: ReadStore;
    const documents = async (
      generation = 1,
      view = 'lead',
    ): Promise<readonly { id: string; at: Position; document: unknown }[]> =>
      (await store.find('leads', generation, view, { limit: 500 })).items;
    const ids = async (options: Partial<FindOptions>): Promise<readonly string[]> =>
      (await store.find('leads', 1, 'lead', { limit: 500, ...options })).items.map(({ id }) => id);

    beforeEach(async () => {
      place = await open();
      store = await place.handle();
      await store.declare(SPEC, 2);
    });
    afterEach(() => place.remove());

    describe('documents and their checkpoint', () => {
      it('keeps both together', async () => {
        expect(await store.checkpoint('leads', 1, 0)).toBeNull();
        expect(await store.apply(batch(null, 5, [write('a', 4, { name: 'Ann' })]))).toEqual({ stale: false, lost: [] });
        expect(await store.get('leads', 1, 'lead', 'a')).toEqual({ id: 'a', at: at(4), document: { name: 'Ann' } });
        expect(await store.checkpoint('leads', 1, 0)).toBe(at(5));
        expect(await store.checkpoint('leads', 1, 1)).toBeNull();
      });

      it('moves a checkpoint without documents', async () => {
        await store.apply(batch(null, 5, []));
        await store.apply(batch(5, 9, []));
        expect(await store.checkpoint('leads', 1, 0)).toBe(at(9));
      });

      it('writes nothing from a checkpoint that is not the stored one', async () => {
        await store.apply(batch(null, 5, [write('a', 4, { n: 1 })]));
        for (const from of [null, 4, 6]) {
          const answer = await store.apply(batch(from, 9, [write('a', 8, { n: 2 }, 4), write('b', 7, { n: 1 })]));
          expect(answer.stale).toBe(true);
        }
        expect(await documents()).toEqual([{ id: 'a', at: at(4), document: { n: 1 } }]);
        expect(await store.checkpoint('leads', 1, 0)).toBe(at(5));
      });

      it('is not changed by the same batch again', async () => {
        const twice = batch(null, 5, [write('a', 4, { n: 1 }), write('b', 3, null)]);
        await store.apply(twice);
        const once = await documents();
        expect((await store.apply(twice)).stale).toBe(true);
        expect(await documents()).toEqual(once);
      });

      it('never puts a document back behind the position that it has reached', async () => {
        await store.apply(batch(null, 9, [write('a', 8, { n: 8 })]));
        expect((await store.apply(batch(9, 10, [write('a', 7, { n: 7 }, 6)]))).lost).toEqual(['a']);
        expect((await store.get('leads', 1, 'lead', 'a'))?.document).toEqual({ n: 8 });
        expect(await store.checkpoint('leads', 1, 0)).toBe(at(9));
      });

      it('does not take a document that was computed from another one than the stored', async () => {
        await store.apply(batch(null, 9, [write('a', 8, { n: 8 })]));
        expect((await store.apply(batch(9, 12, [write('a', 12, { n: 12 }, 5)]))).lost).toEqual(['a']);
        expect((await store.get('leads', 1, 'lead', 'a'))?.document).toEqual({ n: 8 });
      });

      it('takes a document that was written already at the same position', async () => {
        await store.apply(batch(null, 9, [write('a', 8, { n: 8 })]));
        expect(await store.apply(batch(9, 12, [write('a', 8, { n: 8 })]))).toEqual({ stale: false, lost: [] });
        expect(await store.checkpoint('leads', 1, 0)).toBe(at(12));
      });

      it('gives back unicode, nesting, numbers, nulls and binary documents as they were', async () => {
        const document = {
          name: 'Zoë 🧭 \u0000 "',
          deep: [{ a: [1.5, -0.1, 9007199254740991] }],
          none: null,
          no: false,
        };
        const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 256);
        await store.apply(
          batch(null, 5, [write('a', 1, document), write('b', 2, bytes, null, 'tally'), write('c', 3, 'text')]),
        );
        expect((await store.get('leads', 1, 'lead', 'a'))?.document).toEqual(document);
        const binary = (await store.get<Uint8Array>('leads', 1, 'tally', 'b'))?.document;
        expect(binary).toBeInstanceOf(Uint8Array);
        expect([...(binary ?? [])]).toEqual([...bytes]);
        expect((await store.get('leads', 1, 'lead', 'c'))?.document).toBe('text');
      });

      it('keeps whatever JSON there is, with its members in their order, and tells null from missing', async () => {
        const odd = {
          'a.b': { $set: 1, '': { '.': [], $: {} } },
          _id: 'mine',
          at: null,
          $where: 'x',
          nested: { z: 1, a: 2, none: null },
          numbers: [0, 1e21, 1e-7, 2 ** 53, -1, 4294967296, 0.1 + 0.2],
          __proto__x: [[], [[]], {}],
        };
        const values = [
          odd,
          {},
          [],
          '',
          0,
          false,
          [null],
          '\ud83e\udded',
          Array.from({ length: 50 }, (_, n) => ({ n })),
        ];
        await store.apply(
          batch(
            null,
            20,
            values.map((value, n) => write(`d${n}`, n + 1, value)),
          ),
        );
        for (const [n, value] of values.entries()) {
          const found = (await store.get('leads', 1, 'lead', `d${n}`))?.document;
          expect(found).toEqual(value);
          expect(JSON.stringify(found)).toBe(JSON.stringify(value));
        }
      });

      it('keeps a document of ten thousand touches, and one of many megabytes', async () => {
        const touches = (n: number, note: string) => ({
          stage: 'mql',
          touches: Array.from({ length: n }, (_, i) => ({
            at: 1_700_000_000_000 + i,
            channel: 'email',
            note,
            tags: [],
          })),
        });
        const [long, longer] = [
          touches(10_000, 'opened'),
          touches(100_000, 'a note of some hundred letters '.repeat(6)),
        ];
        await store.apply(batch(null, 2, [write('long', 1, long), write('longer', 2, longer)]));
        expect((await store.get('leads', 1, 'lead', 'long'))?.document).toEqual(long);
        expect((await store.get('leads', 1, 'lead', 'longer'))?.document).toEqual(longer);
        expect(await ids({ where: { stage: ['mql'] } })).toEqual(['long', 'longer']);
      });

      it('takes a batch of very many documents', async () => {
        const writes = Array.from({ length: 5_000 }, (_, n) => write(`d${n}`, n + 1, { n, name: `lead ${n}` }));
        expect(await store.apply(batch(null, 5_000, writes))).toEqual({ stale: false, lost: [] });
        expect(await store.count('leads', 1, 'lead')).toBe(5_000);
        const some = writes.map(({ id }) => id).filter((_, n) => n % 3 === 0);
        expect(await store.getMany('leads', 1, 'lead', some)).toHaveLength(some.length);
      });

      it('keeps positions of any size up to 63 bits apart', async () => {
        const far = positionOf(2n ** 62n + 1n);
        await store.apply({ ...batch(null, 1, [{ ...write('a', 1, {}), at: far }]), to: far });
        expect(await store.checkpoint('leads', 1, 0)).toBe(far);
        expect((await store.get('leads', 1, 'lead', 'a'))?.at).toBe(far);
      });

      it('replaces a document whole, with its fields and its searched text', async () => {
        await store.apply(batch(null, 1, [write('a', 1, { stage: 'mql', name: 'Ann', extra: 1 })]));
        await store.apply(batch(1, 2, [write('a', 2, { stage: 'sal', name: 'Bea' }, 1)]));
        expect((await store.get('leads', 1, 'lead', 'a'))?.document).toEqual({ stage: 'sal', name: 'Bea' });
        expect(await ids({ where: { stage: ['mql'] } })).toEqual([]);
        expect(await ids({ where: { stage: ['sal'] }, q: 'bea' })).toEqual(['a']);
        expect(await ids({ q: 'ann' })).toEqual([]);
      });
    });

    describe('tombstones', () => {
      beforeEach(async () => {
        await store.apply(
          batch(null, 2, [write('a', 1, { stage: 'mql', name: 'Ann' }), write('b', 2, { stage: 'mql' })]),
        );
        await store.apply(batch(2, 5, [write('a', 4, null, 1)]));
      });

      it('are seen by nobody who asks for documents', async () => {
        expect(await store.get('leads', 1, 'lead', 'a')).toBeNull();
        expect(await store.getMany('leads', 1, 'lead', ['a'])).toEqual([]);
        expect(await store.range('leads', 1, 'lead', '', 'z')).toHaveLength(1);
        expect(await ids({})).toEqual(['b']);
        expect(await ids({ q: 'ann' })).toEqual([]);
        expect(await store.count('leads', 1, 'lead', { stage: ['mql'] })).toBe(1);
        expect((await store.digest('leads', 1, 'lead')).documents).toBe(1);
      });

      it('keep their position', async () => {
        const kept = await store.getMany('leads', 1, 'lead', ['a'], { tombstones: true });
        expect(kept).toEqual([{ id: 'a', at: at(4), document: null }]);
        expect((await store.apply(batch(5, 6, [write('a', 3, { n: 1 }, 1)]))).lost).toEqual(['a']);
      });

      it('can come to life again', async () => {
        await store.apply(batch(5, 6, [write('a', 6, { stage: 'sal' }, 4)]));
        expect(await ids({ where: { stage: ['sal'] } })).toEqual(['a']);
      });
    });

    describe('several at once', () => {
      it('gives what is there and leaves out the rest', async () => {
        await store.apply(batch(null, 2, [write('a', 1, 1), write('b', 2, 2)]));
        const found = await store.getMany('leads', 1, 'lead', ['b', 'nobody', 'a']);
        expect(new Map(found.map(({ id, document }) => [id, document]))).toEqual(
          new Map(Object.entries({ a: 1, b: 2 })),
        );
        expect(await store.getMany('leads', 1, 'lead', [])).toEqual([]);
      });

      it('gives a range from its lower bound up to, without, its upper one, by id', async () => {
        const some = ['a1', 'a3', 'a2', 'b1', 'a9'].map((id, i) => write(id, i + 1, i));
        await store.apply(batch(null, 9, some));
        expect((await store.range('leads', 1, 'lead', 'a1', 'a9')).map(({ id }) => id)).toEqual(['a1', 'a2', 'a3']);
      });
    });

    describe('finding', () => {
      const rows: [id: string, stage: string | null, createdAt: number | null, name: string][] = [
        ['a', 'mql', 3, 'Ärzte für Müller'],
        ['b', 'sal', 1, 'ACME 100%'],
        ['c', null, 3, 'Acme_Sub'],
        ['d', 'mql', null, 'nobody'],
        ['e', 'sql', 2, 'O\'Neil "x"'],
        ['f', null, null, ''],
        ['g', 'unknown', 7, '東京'],
      ];
      beforeEach(async () => {
        const writes = rows.map(([id, stage, createdAt, name], i) =>
          write(id, i + 1, {
            stage,
            createdAt,
            name,
            address: { city: i % 2 === 0 ? 'Rome' : null },
            tags: ['vip', id],
            traits: i < 4 ? { size: i % 2 === 0 ? 'L' : 'S', Hue_2: `${id}=.*` } : {},
          }),
        );
        await store.apply(batch(null, 9, writes));
      });

      it('filters by any of several values, and "no value" is one', async () => {
        expect(await ids({ where: { stage: ['mql', 'sql'] } })).toEqual(['a', 'd', 'e']);
        expect(await ids({ where: { stage: [null] } })).toEqual(['c', 'f']);
        expect(await ids({ where: { stage: [null, 'unknown'] } })).toEqual(['c', 'f', 'g']);
        expect(await ids({ where: { stage: [] } })).toEqual([]);
        expect(await ids({ where: { createdAt: [3, 7] } })).toEqual(['a', 'c', 'g']);
        expect(await ids({ where: { createdAt: ['3', 'x', ''], stage: ['mql', null] } })).toEqual(['a', 'c']);
      });

      it('filters by several fields together, also by a nested one', async () => {
        expect(await ids({ where: { city: ['Rome'], stage: ['mql', 'sal'] } })).toEqual(['a']);
        expect(await store.count('leads', 1, 'lead', { city: [null], stage: ['mql', 'sal'] })).toBe(2);
        expect(await store.count('leads', 1, 'lead')).toBe(7);
      });

      it('filters by attributes that no view declares, "no value" included', async () => {
        expect(await ids({ where: { 'trait.size': ['L'] } })).toEqual(['a', 'c']);
        expect(await ids({ where: { 'trait.size': ['S', null], stage: ['sal', 'sql'] } })).toEqual(['b', 'e']);
        expect(await ids({ where: { 'trait.size': [] } })).toEqual([]);
        expect(await ids({ where: { 'trait.Hue_2': ['b=.*'] } })).toEqual(['b']);
        expect(await ids({ where: { 'trait.hue': ['b'] } })).toEqual([]);
        expect(await store.count('leads', 1, 'lead', { 'trait.size': [null] })).toBe(3);
        for (const name of ["trait.a') OR 1=1", 'trait.', 'trait.a.b', 'size'])
          await expect(ids({ where: { [name]: ['L'] } })).rejects.toMatchObject({ code: 'READ_STORE.UNKNOWN_FIELD' });
      });

      it('finds among given ids only, in order and page by page', async () => {
        expect(await ids({ ids: ['g', 'a', 'nobody'] })).toEqual(['a', 'g']);
        expect(await ids({ ids: ['a', 'd', 'e'], where: { stage: ['mql'] } })).toEqual(['a', 'd']);
        expect(await ids({ ids: [] })).toEqual([]);
        const sort = { field: 'createdAt', descending: true };
        const first = await store.find('leads', 1, 'lead', { ids: ['a', 'g', 'd'], sort, limit: 2 });
        expect(first.items.map(({ id }) => id)).toEqual(['g', 'a']);
        expect(await ids({ ids: ['a', 'g', 'd'], sort, cursor: first.next ?? '' })).toEqual(['d']);
        await expect(ids({ ids: ['a'], sort, cursor: first.next ?? '' })).rejects.toMatchObject({
          code: 'READ_STORE.BAD_CURSOR',
        });
      });

      it('looks through texts and lists of texts for a part, without regard to case', async () => {
        expect(await ids({ q: 'acme' })).toEqual(['b', 'c']);
        expect(await ids({ q: 'FÜR MÜ' })).toEqual(['a']);
        expect(await ids({ q: ' mü  für ' })).toEqual(['a']);
        expect(await ids({ q: 'mü nobody' })).toEqual([]);
        expect(await ids({ q: '京' })).toEqual(['g']);
        expect(await ids({ q: 'vip', where: { stage: ['mql'] } })).toEqual(['a', 'd']);
      });

      it('takes what it looks for literally', async () => {
        expect(await ids({ q: '%' })).toEqual(['b']);
        expect(await ids({ q: '_' })).toEqual(['c']);
        expect(await ids({ q: '"x"' })).toEqual(['e']);
        expect(await ids({ q: "' OR 1=1 --" })).toEqual([]);
      });

      it('sorts by a field, no value first, ties by id, and backwards all the other way', async () => {
        const upwards = ['d', 'f', 'b', 'e', 'a', 'c', 'g'];
        expect(await ids({ sort: { field: 'createdAt', descending: false } })).toEqual(upwards);
        expect(await ids({ sort: { field: 'createdAt', descending: true } })).toEqual([...upwards].reverse());
        expect(await ids({ sort: { field: 'stage', descending: false } })).toEqual(['c', 'f', 'a', 'd', 'b', 'e', 'g']);
      });

      it.each([
        ['by id', undefined],
        ['by a number upwards', { field: 'createdAt', descending: false }],
        ['by a number downwards', { field: 'createdAt', descending: true }],
        ['by a text upwards', { field: 'stage', descending: false }],
        ['by a text downwards', { field: 'stage', descending: true }],
      ])('pages %s without a gap or a repetition, at every page size', async (_, sort) => {
        const all = await ids({ sort });
        expect(all).toHaveLength(7);
        for (const limit of [1, 2, 3, 6, 7]) {
          const paged: string[] = [];
          let cursor: string | undefined;
          for (let pages = 0; pages < 8; pages += 1) {
            const found = await store.find('leads', 1, 'lead', { limit, sort, cursor });
            paged.push(...found.items.map(({ id }) => id));
            cursor = found.next ?? undefined;
            if (cursor === undefined) break;
          }
          expect(paged).toEqual(all);
          expect(cursor).toBeUndefined();
        }
      });

      it('goes on behind the last document seen, whatever is written in between', async () => {
        const sort = { field: 'createdAt', descending: false };
        const first = await store.find('leads', 1, 'lead', { limit: 4, sort });
        await store.apply(
          batch(9, 12, [write('aa', 10, { createdAt: 0 }), write('zz', 11, { createdAt: 9 }), write('e', 12, null, 5)]),
        );
        const second = await store.find('leads', 1, 'lead', { limit: 9, sort, cursor: first.next ?? '' });
        expect(second.items.map(({ id }) => id)).toEqual(['a', 'c', 'g', 'zz']);
      });

      it('refuses a cursor of another filter, another sort, or none at all', async () => {
        const { next } = await store.find('leads', 1, 'lead', { limit: 1, where: { stage: ['mql', null] } });
        const cursor = next ?? '';
        const bad = { code: 'READ_STORE.BAD_CURSOR', kind: 'malformed' };
        await expect(store.find('leads', 1, 'lead', { limit: 1, cursor })).rejects.toMatchObject(bad);
        const sorted = {
          limit: 1,
          cursor,
          where: { stage: ['mql', null] },
          sort: { field: 'createdAt', descending: true },
        };
        await expect(store.find('leads', 1, 'lead', sorted)).rejects.toMatchObject(bad);
        for (const nonsense of ['', 'x', '%%%', Buffer.from('[1,2,3,4]').toString('base64url')]) {
          await expect(store.find('leads', 1, 'lead', { limit: 1, cursor: nonsense })).rejects.toMatchObject(bad);
        }
        expect(await ids({ limit: 1, cursor, where: { stage: ['mql', null] } })).toEqual(['c']);
      });

      it('refuses a field that it was not told of', async () => {
        const bad = { code: 'READ_STORE.UNKNOWN_FIELD', kind: 'malformed' };
        await expect(ids({ where: { name: ['x'] } })).rejects.toMatchObject(bad);
        await expect(ids({ sort: { field: 'city', descending: false } })).rejects.toMatchObject(bad);
      });
    });

    describe('generations', () => {
      beforeEach(async () => {
        await store.apply(batch(null, 5, [write('a', 4, { n: 1 })]));
        await store.apply(batch(null, 3, [], { lane: 1 }));
      });
      const fill = async (generation: number, first: number, second: number): Promise<void> => {
        await store.apply(batch(null, first, [write('a', 4, { n: 2 }), write('b', 2, {})], { generation }));
        await store.apply(batch(null, second, [], { generation, lane: 1 }));
      };

      it('make the first one active at once, and declaring again changes nothing', async () => {
        expect(await store.active('leads')).toEqual({ generation: 1, lanes: 2 });
        await store.declare({ ...SPEC, version: 2 }, 4);
        expect(await store.active('leads')).toEqual({ generation: 1, lanes: 2 });
        expect(await store.status()).toMatchObject([
          { processor: 'leads', generation: 1, version: 1, lanes: 2, active: true },
        ]);
      });

      it('do not see each other', async () => {
        expect(await store.begin('leads', 2)).toBe(2);
        expect(await store.checkpoint('leads', 2, 0)).toBeNull();
        await fill(2, 5, 3);
        expect(await documents(1)).toEqual([{ id: 'a', at: at(4), document: { n: 1 } }]);
        expect((await documents(2)).map(({ id }) => id)).toEqual(['a', 'b']);
        expect(await store.active('leads')).toEqual({ generation: 1, lanes: 2 });
      });

      it.each([
        [4, 3],
        [5, 2],
      ])('are not promoted while a lane is behind (%d, %d)', async (first, second) => {
        await store.begin('leads', 2);
        await fill(2, first, second);
        await expect(store.promote('leads', 2)).rejects.toMatchObject({
          code: 'READ_STORE.GENERATION_BEHIND',
          kind: 'refused',
        });
        expect((await store.active('leads')).generation).toBe(1);
      });

      it('are promoted with all views once no lane is behind', async () => {
        await store.begin('leads', 2);
        await fill(2, 5, 3);
        await store.promote('leads', 2);
        expect(await store.status([])).toEqual([]);
        expect(await store.status(['leads', 'nobody'])).toEqual(await store.status());
        expect((await store.status()).map(({ generation, active }) => [generation, active])).toEqual([
          [1, false],
          [2, true],
        ]);
        expect(await store.find('leads', 2, 'lead', { limit: 9, where: { stage: [null] } })).toMatchObject({
          next: null,
        });
      });

      it('with another number of lanes are promoted once every lane has reached the furthest', async () => {
        await store.begin('leads', 1);
        await store.apply(batch(null, 4, [], { generation: 2 }));
        await expect(store.promote('leads', 2)).rejects.toMatchObject({ code: 'READ_STORE.GENERATION_BEHIND' });
        await store.apply(batch(4, 5, [], { generation: 2 }));
        await store.promote('leads', 2);
        expect(await store.active('leads')).toEqual({ generation: 2, lanes: 1 });
      });

      it('go with their documents, and their number is not given again', async () => {
        await store.begin('leads', 2);
        await fill(2, 5, 3);
        await store.drop('leads', 2);
        expect(await store.status()).toHaveLength(1);
        await expect(documents(2)).rejects.toMatchObject({ code: 'READ_STORE.NO_SUCH_GENERATION' });
        await expect(store.apply(batch(5, 6, [], { generation: 2 }))).rejects.toMatchObject({
          code: 'READ_STORE.NO_SUCH_GENERATION',
        });
        expect(await store.begin('leads', 2)).toBe(3);
        expect(await documents(3)).toEqual([]);
      });

      it('are kept while active', async () => {
        await expect(store.drop('leads', 1)).rejects.toMatchObject({
          code: 'READ_STORE.GENERATION_ACTIVE',
          kind: 'refused',
        });
        expect(await documents(1)).toHaveLength(1);
      });

      it('tell where each lane is, and which has stalled and why', async () => {
        const stall = { position: '6', eventId: 'e', reason: 'unreadable' };
        await store.setStalled('leads', 1, 1, stall);
        expect(await store.status()).toMatchObject([{ checkpoints: [at(5), at(3)], stalled: [null, stall] }]);
        await store.setStalled('leads', 1, 1, null);
        expect(await store.status()).toMatchObject([{ stalled: [null, null] }]);
      });

      it('have the same digest for the same documents, however they were arrived at', async () => {
        await store.begin('leads', 1);
        await store.apply(
          batch(null, 2, [write('b', 1, { x: 1, y: [1, { p: 1, q: 2 }] }), write('a', 2, { n: 0 })], { generation: 2 }),
        );
        await store.apply(batch(2, 9, [write('a', 4, { n: 1 }, 2), write('c', 9, null)], { generation: 2 }));
        await store.apply(batch(5, 9, [write('b', 3, { y: [1, { q: 2, p: 1 }], x: 1 })]));
        expect(await store.digest('leads', 2, 'lead')).toEqual(await store.digest('leads', 1, 'lead'));
        await store.apply(batch(9, 10, [write('a', 10, { n: 2 }, 4)]));
        expect(await store.digest('leads', 2, 'lead')).not.toEqual(await store.digest('leads', 1, 'lead'));
      });
    });

    describe('with several handles', () => {
      it('shows each what the others have written', async () => {
        const other = await place.handle();
        await other.declare(SPEC, 2);
        await store.apply(batch(null, 5, [write('a', 4, { stage: 'mql' })]));
        expect((await other.get('leads', 1, 'lead', 'a'))?.document).toEqual({ stage: 'mql' });
        expect((await other.apply(batch(null, 6, []))).stale).toBe(true);
        expect((await other.apply(batch(5, 6, [write('a', 6, { stage: 'sal' }, 4)]))).stale).toBe(false);
        expect(await ids({ where: { stage: ['sal'] } })).toEqual(['a']);
      });

      it('lets one of two writers of the same lane win', async () => {
        const other = await place.handle();
        for (let from = 0; from < 20; from += 1) {
          const next = batch(from === 0 ? null : from, from + 1, [write(`d${from}`, from + 1, from)]);
          const answers = await Promise.all([store.apply(next), other.apply(next)]);
          expect(answers.filter(({ stale, lost }) => !stale && lost.length === 0).length).toBeGreaterThanOrEqual(1);
        }
        expect(await documents()).toHaveLength(20);
        expect(await store.checkpoint('leads', 1, 0)).toBe(at(20));
      });

      it('lets lanes write side by side', async () => {
        const other = await place.handle();
        const lane = async (handle: ReadStore, index: number): Promise<void> => {
          for (let from = 0; from < 20; from += 1) {
            const writes = [write(`${index}-${from}`, from + 1, from)];
            const answer = await handle.apply(batch(from === 0 ? null : from, from + 1, writes, { lane: index }));
            expect(answer).toEqual({ stale: false, lost: [] });
          }
        };
        await Promise.all([lane(store, 0), lane(other, 1)]);
        expect(await documents()).toHaveLength(40);
      });

      it('declares and begins without stepping on each other', async () => {
        const other = await place.handle();
        const deals = { ...SPEC, processor: 'deals' };
        await Promise.all([store.declare(deals, 1), other.declare(deals, 1)]);
        expect(new Set(await Promise.all([store.begin('deals', 1), other.begin('deals', 1)]))).toEqual(new Set([2, 3]));
      });
    });

    it('belongs to the first ledger that asks, whoever asks later', async () => {
      const other = await place.handle();
      const asked = await Promise.all([store, other, store].map((each, at) => each.belongsTo(`ledger-${at % 2}`)));
      expect(new Set(asked).size).toBe(1);
      expect(await (await place.handle()).belongsTo('a third')).toBe(asked[0]);
    });

    describe('leases', () => {
      it('are held by one owner, renewed by it and free after it lets go', async () => {
        const other = await place.handle();
        expect(await store.lease('lane', 'me', 60_000)).toBe(true);
        expect(await other.lease('lane', 'you', 60_000)).toBe(false);
        expect(await store.lease('lane', 'me', 60_000)).toBe(true);
        await other.release('lane', 'you');
        expect(await other.lease('lane', 'you', 60_000)).toBe(false);
        await store.release('lane', 'me');
        expect(await other.lease('lane', 'you', 60_000)).toBe(true);
      });

      it('say who holds them, by the beginning of their names', async () => {
        const other = await place.handle();
        await store.lease('there/b_', 'me', 60_000);
        await other.lease('there/a%', 'you', 60_000);
        await other.lease('elsewhere/a', 'you', 60_000);
        await store.lease('there/c', 'me', 20);
        await store.lease('there/d', 'me', 60_000);
        await store.release('there/d', 'me');
        await new Promise((resolve) => setTimeout(resolve, 40));
        expect(await store.leases('there/')).toEqual([
          { name: 'there/a%', owner: 'you' },
          { name: 'there/b_', owner: 'me' },
        ]);
        expect(await store.leases('there/%')).toEqual([]);
      });

      it('run out by themselves', async () => {
        expect(await store.lease('lane', 'me', 30)).toBe(true);
        await new Promise((resolve) => setTimeout(resolve, 60));
        expect(await store.lease('lane', 'you', 60_000)).toBe(true);
        expect(await store.lease('lane', 'me', 30)).toBe(false);
      });
    });

    describe('after a crash', () => {
      it('ends with the same documents, wherever it died', async () => {
        const events = someEvents(24);
        await projectAll(store, 1, events);
        const expected = await everything(1);
        let died = 0;
        for (let crashAt = 1; ; crashAt += 1) {
          const generation = await store.begin('leads', 2);
          let steps = 0;
          const onStep = (): void => {
            steps += 1;
            if (steps === crashAt) throw new Error('died here');
          };
          const mortal = await place.handle({ onStep });
          const crashed = await projectAll(mortal, generation, events).then(
            () => false,
            () => true,
          );
          await mortal.close();
          const next = await place.handle();
          await projectAll(next, generation, events);
          expect(await everything(generation)).toEqual(expected);
          expect(await next.checkpoint('leads', generation, 0)).toBe(at(24));
          await next.close();
          if (!crashed) break;
          died += 1;
        }
        expect(died).toBeGreaterThan(40);
      });

      it('and with several who work on a lane without knowing of each other, some of them dying, as if one had', async () => {
        const events = someEvents(120);
        await projectAll(store, 1, events);
        const expected = await everything(1);
        for (let round = 1; round <= 4; round += 1) {
          const generation = await store.begin('leads', 2);
          const dice = diceOf(round);
          let steps = 0;
          const onStep = (): void => {
            steps += 1;
            if (steps % 37 === 0) throw new Error('died here');
          };
          const handles = [await place.handle(), await place.handle(), await place.handle({ onStep })];
          await Promise.all(
            handles.map(async (handle) => {
              for (;;) {
                try {
                  await projectAll(handle, generation, events, () => sleep(dice() * 4));
                  return;
                } catch (error) {
                  if (String(error) !== 'Error: died here') throw error;
                }
              }
            }),
          );
          expect(await everything(generation)).toEqual(expected);
        }
      });
    });

    interface Happening {
      readonly position: number;
      readonly id: string;
      readonly dies: boolean;
    }

    const someEvents = (n: number): Happening[] =>
      Array.from({ length: n }, (_, i) => ({ position: i + 1, id: `d${(i * 7) % 5}`, dies: i % 40 === 15 }));

    const everything = async (generation: number): Promise<unknown> => ({
      leads: await documents(generation),
      facts: await documents(generation, 'tally'),
    });

    /**
     * The smallest honest projector: counts events per document, and writes for each what it changed, in batches of five. A fact that is
     * missing where its document has gone on stays missing.
     */
    async function projectAll(
      handle: ReadStore,
      generation: number,
      events: readonly Happening[],
      pause = async (): Promise<void> => undefined,
    ): Promise<void> {
      for (;;) {
        const from = await handle.checkpoint('leads', generation, 0);
        const page = events.filter(({ position }) => position > Number(from ?? 0)).slice(0, 5);
        const last = page.at(-1);
        if (last === undefined) return;
        const wanted = [...new Set(page.map(({ id }) => id))];
        const stored = await handle.getMany<{ count: number }>('leads', generation, 'lead', wanted, {
          tombstones: true,
        });
        await pause();
        const facts: Write[] = [];
        const leads = wanted.flatMap((id): Write[] => {
          const before = stored.find((one) => one.id === id);
          const mine = page.filter((event) => event.id === id && event.position > Number(before?.at ?? 0));
          const end = mine.at(-1);
          if (end === undefined) return [];
          let count: number | null = before?.document?.count ?? null;
          for (const { dies, position } of mine) {
            const after: number | null = dies ? null : (count ?? 0) + 1;
            facts.push(write(`f${position}`, position, { id, by: (after ?? 0) - (count ?? 0) }, null, 'tally'));
            count = after;
          }
          return [
            write(id, end.position, count === null ? null : { count }, before === undefined ? null : Number(before.at)),
          ];
        });
        await handle.apply(
          batch(from === null ? null : Number(from), last.position, [...facts, ...leads], { generation }),
        );
        await pause();
      }
    }
  });
}

/** The same numbers in [0, 1) every time. */
function diceOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}
