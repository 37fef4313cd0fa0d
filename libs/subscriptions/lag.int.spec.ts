import { catchUp } from './catch-up.js';
import { watchLag } from './lag.js';
import { happened, leadOf, tallyProcessor } from './testing/tally.js';
import { openWorkbench, type Workbench } from './testing/workbench.js';

describe('The lag of a lane', () => {
  let bench: Workbench;
  let now: number;
  beforeEach(async () => {
    bench = await openWorkbench();
    now = Date.now();
  });
  afterEach(() => bench.remove());

  const watch = () => watchLag(bench.eventStore, bench.readStore, { stuckAfterMs: 30_000, now: () => now });
  const reach = (processor = tallyProcessor('one')) => catchUp({ ...bench, processors: [processor], lanes: 1 });
  const laneOf = async (lag: ReturnType<typeof watch>) => (await lag.look())[0]?.lanes[0];

  it('is nothing while it is current, however long ago the last event was', async () => {
    await bench.fill(0, 20, 5);
    await reach();
    now += 3_600_000;
    expect(await laneOf(watch())).toMatchObject({ behind: 0, seconds: 0, state: 'current' });
  });

  it('counts from the oldest event that it has not taken in', async () => {
    await bench.fill(0, 20, 5);
    await reach();
    await bench.fill(20, 27, 5);
    now = Date.now() + 10_000;
    const lane = await laneOf(watch());
    expect(lane).toMatchObject({ behind: 7, state: 'behind' });
    expect(lane?.seconds).toBeGreaterThanOrEqual(10);
    expect(lane?.seconds).toBeLessThan(60);
  });

  it('is stuck when it has not moved for a while, and only behind again once it moves', async () => {
    await reach();
    await bench.fill(0, 20, 5);
    const lag = watch();
    expect(await laneOf(lag)).toMatchObject({ state: 'behind' });
    now += 29_000;
    expect(await laneOf(lag)).toMatchObject({ state: 'behind' });
    now += 2_000;
    expect(await laneOf(lag)).toMatchObject({ state: 'stuck' });
    await reach();
    expect(await laneOf(lag)).toMatchObject({ state: 'current' });
    await bench.fill(20, 40, 5);
    expect(await laneOf(lag)).toMatchObject({ state: 'behind' });
  });

  it('says when a lane stands at an event that cannot be projected', async () => {
    await bench.eventStore.append(`lead-${leadOf(3)}`, [happened(1, 3, { amount: 1, poison: true })], {
      expected: 'any',
    });
    await reach(tallyProcessor('one', { poisoned: true }));
    expect(await laneOf(watch())).toMatchObject({ behind: 1, state: 'stalled' });
  });
});
