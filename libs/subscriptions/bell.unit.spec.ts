import { bell } from './bell.js';

describe('a bell', () => {
  it('wakes who waits for it', async () => {
    const one = bell();
    const woken = one.wait(60_000);
    setTimeout(() => {
      one.ring();
    }, 5);
    await woken;
  });

  it('is not missed when it rings before anyone waits, and counts once', async () => {
    const one = bell();
    one.ring();
    one.ring();
    await one.wait(60_000);
    let isWoken = false;
    const again = one.wait(30).then(() => (isWoken = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isWoken).toBe(false);
    await again;
  });

  it('lets timers have their turn even when it never has to wait', async () => {
    const one = bell();
    const timer = { isLate: false };
    setTimeout(() => (timer.isLate = true), 1);
    for (let turn = 0; !timer.isLate && turn < 1_000_000; turn += 1) {
      one.ring();
      await one.wait(1_000);
    }
    expect(timer.isLate).toBe(true);
  });
});
