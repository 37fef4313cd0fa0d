import type { ReadStore } from '#read-store/read-store.js';
import { DomainError } from '#kernel/errors.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { catchUp } from '../catch-up.js';
import type { Processor } from '../processor.js';
import { waitFor } from '../progress.js';
import { rebuild, rebuildOutdated } from '../rebuild.js';
import { lanesHere, type OpenLane } from '../running-lane.js';
import { happened, leadOf, tallyProcessor } from './tally.js';
import type { Workbench } from './workbench.js';
import { verify } from '../verify.js';

/** What rebuilding and verifying do, on any read store. */
export function rebuildSuite(store: string, open: () => Promise<Workbench>): void {
  describe(`generations on ${store}`, () => {
    let bench: Workbench;
    beforeEach(async () => {
      bench = await open();
    });
    afterEach(() => bench.remove());

    const here = (processors: readonly Processor[]): OpenLane =>
      lanesHere({ eventStore: bench.eventStore, readStore: bench.readStore, processors, tuning: { pageSize: 100 } });
    const live = (processor: Processor, lanes: number) =>
      Array.from({ length: lanes }, (_, lane) =>
        here([processor])({ processors: [processor.spec.processor], lane, lanes }),
      );
    const options = (processor: Processor, lanes = 1) => ({
      eventStore: bench.eventStore,
      readStore: bench.readStore,
      processor: processor.spec,
      lanes,
      openLane: here([processor]),
      graceMs: 0,
    });
    const reached = async (processor: string) =>
      waitFor(bench.readStore, bench.eventStore, [processor], await bench.eventStore.head(), 5_000);

    it('are rebuilt while events arrive, and the live runner goes on in the new one', async () => {
      const processor = tallyProcessor('one');
      await bench.fill(0, 1_000, 80);
      const lanes = live(processor, 2);
      await reached('one');
      const state = { isRebuilding: true };
      const rebuilding = rebuild(options(processor, 2)).finally(() => (state.isRebuilding = false));
      let n = 1_000;
      for (; state.isRebuilding || n < 1_500; n += 10) {
        await bench.fill(n, n + 10, 80);
        await sleep(1);
      }
      expect(await rebuilding).toBe(2);
      await bench.fill(n, n + 100, 80);
      await reached('one');
      for (const lane of lanes) await lane.stop();
      expect((await bench.readStore.status()).map(({ generation, active }) => [generation, active])).toEqual([
        [2, true],
      ]);
      const fresh = tallyProcessor('fresh');
      await catchUp({ eventStore: bench.eventStore, readStore: bench.readStore, processors: [fresh], lanes: 1 });
      expect(await bench.documents('one')).toEqual(await bench.documents('fresh'));
    });

    it('may change their number of lanes', async () => {
      const processor = tallyProcessor('one');
      await bench.fill(0, 500, 80);
      await catchUp({ eventStore: bench.eventStore, readStore: bench.readStore, processors: [processor], lanes: 1 });
      const before = await bench.documents('one');
      await rebuild(options(processor, 4));
      expect(await bench.readStore.active('one')).toEqual({ generation: 2, lanes: 4 });
      expect(await bench.documents('one')).toEqual(before);
    });

    it('are not fed by code of another version; the outdated ones are rebuilt by it', async () => {
      const [old, next] = [tallyProcessor('one'), tallyProcessor('one', { version: 2 })];
      await bench.fill(0, 200, 20);
      await catchUp({ eventStore: bench.eventStore, readStore: bench.readStore, processors: [old], lanes: 1 });
      await bench.fill(200, 300, 20);
      const [lane] = live(next, 1);
      await sleep(100);
      const [status] = await bench.readStore.status();
      expect(status?.checkpoints).toEqual([200n]);
      expect(await rebuildOutdated([next.spec], options(next))).toEqual(['one']);
      expect(await rebuildOutdated([next.spec], options(next))).toEqual([]);
      await bench.fill(300, 320, 20);
      await reached('one');
      expect(await bench.readStore.status()).toMatchObject([{ generation: 2, version: 2, active: true }]);
      await lane?.stop();
    });

    it('of a new version of the code are built by one of several processes', async () => {
      await bench.fill(0, 300, 20);
      await catchUp({ ...bench, processors: [tallyProcessor('one')], lanes: 1 });
      const next = tallyProcessor('one', { version: 2 });
      const results = await Promise.all([1, 2, 3].map(() => rebuildOutdated([next.spec], options(next))));
      expect(results.flat()).toEqual(['one']);
      expect(await bench.readStore.status()).toMatchObject([{ generation: 2, version: 2, active: true }]);
    });

    it('are built although the store cannot be asked for a moment', async () => {
      await bench.fill(0, 300, 20);
      await catchUp({ ...bench, processors: [tallyProcessor('one')], lanes: 1 });
      let asked = 0;
      const shaky: ReadStore = {
        ...bench.readStore,
        status: async () => {
          asked += 1;
          if (asked >= 3 && asked < 6) throw new DomainError('unavailable', 'READ_STORE.UNAVAILABLE', 'away');
          return bench.readStore.status();
        },
      };
      expect(await rebuild({ ...options(tallyProcessor('one')), readStore: shaky })).toBe(2);
      expect(asked).toBeGreaterThanOrEqual(6);
    });

    it('of a later version of the code are left alone', async () => {
      await catchUp({ ...bench, processors: [tallyProcessor('one', { version: 2 })], lanes: 1 });
      const earlier = tallyProcessor('one');
      expect(await rebuildOutdated([earlier.spec], options(earlier))).toEqual([]);
      expect(await bench.readStore.status()).toMatchObject([{ generation: 1, version: 2, active: true }]);
    });

    it('that stall where the active one went on are given up, and the active one stays', async () => {
      await bench.fill(0, 100, 20);
      await bench.eventStore.append(`lead-${leadOf(3)}`, [happened(1_000, 3, { amount: 1, poison: true })], {
        expected: 'any',
      });
      await bench.fill(100, 200, 20);
      await catchUp({
        eventStore: bench.eventStore,
        readStore: bench.readStore,
        processors: [tallyProcessor('one')],
        lanes: 1,
      });
      const before = await bench.documents('one');
      await expect(rebuild(options(tallyProcessor('one', { poisoned: true })))).rejects.toMatchObject({
        code: 'READ_MODEL.STALLED',
      });
      expect(await bench.readStore.status()).toMatchObject([{ generation: 1, active: true }]);
      expect(await bench.documents('one')).toEqual(before);
    });

    it('that a killed rebuild left behind go with the next one, those that somebody works on stay', async () => {
      const processor = tallyProcessor('one');
      await bench.fill(0, 100, 20);
      await catchUp({ eventStore: bench.eventStore, readStore: bench.readStore, processors: [processor], lanes: 1 });
      const abandoned = await bench.readStore.begin('one', 1);
      const busy = await bench.readStore.begin('one', 2);
      await bench.readStore.lease(`one/${busy}/1`, 'somebody', 60_000);
      expect(await rebuild(options(processor))).toBe(4);
      const left = (await bench.readStore.status()).map(({ generation }) => generation);
      expect(left).toEqual([busy, 4]);
      expect(left).not.toContain(abandoned);
    });

    describe('verifying', () => {
      it('finds nothing in documents that are as the events say, while events arrive', async () => {
        const processor = tallyProcessor('one');
        await bench.fill(0, 500, 50);
        const lanes = live(processor, 1);
        await reached('one');
        const verifying = verify(options(processor));
        for (let n = 500; n < 700; n += 10) {
          await bench.fill(n, n + 10, 50);
          await sleep(1);
        }
        expect(await verifying).toMatchObject({ same: true });
        for (const lane of lanes) await lane.stop();
        expect(await bench.readStore.status()).toHaveLength(1);
      });

      it('names documents that were changed, invented or lost', async () => {
        const processor = tallyProcessor('one');
        await bench.fill(0, 300, 30);
        await catchUp({ eventStore: bench.eventStore, readStore: bench.readStore, processors: [processor], lanes: 1 });
        const [changed, lost] = await bench.readStore.range('one', 1, 'tally', '', '~');
        const head = await bench.eventStore.head();
        if (changed === undefined || lost === undefined) throw new Error('nothing was projected');
        const write = (id: string, read: typeof head | null, at: typeof head, document: { count: number } | null) => ({
          view: 'tally',
          id,
          read,
          at,
          document,
        });
        await bench.readStore.apply({
          ...{ processor: 'one', generation: 1, lane: 0, from: head, to: head },
          writes: [
            write(changed.id, changed.at, changed.at, { count: -1 }),
            write(lost.id, lost.at, lost.at, null),
            write('~invented', null, head, { count: 1 }),
          ],
        });
        const { same, views } = await verify(options(processor));
        expect(same).toBe(false);
        expect(views[0]?.differing.toSorted()).toEqual([changed.id, lost.id, '~invented'].toSorted());
      });
    });
  });
}
