import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel } from './in-parallel.js';

describe('Work in parallel', () => {
  it('is done for each item once, so many at a time', async () => {
    const done: number[] = [];
    let [under, most] = [0, 0];
    await inParallel(new Set([1, 2, 3, 4, 5, 6, 7]), 3, async (n) => {
      most = Math.max(most, (under += 1));
      await sleep(n % 3);
      under -= 1;
      done.push(n);
    });
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('fails as the first that failed, once nothing is under way any more', async () => {
    let under = 0;
    const working = inParallel([1, 2, 3], 3, async (n) => {
      under += 1;
      await sleep(n === 1 ? 0 : 5);
      under -= 1;
      if (n < 3) throw new Error(`item ${n}`);
    });
    await expect(working).rejects.toThrow('item 1');
    expect(under).toBe(0);
  });
});
