import { DomainError } from '#kernel/errors.js';
import { toleratingAbsence } from './away.js';

const away = async (): Promise<never> => {
  throw new DomainError('unavailable', 'READ_STORE.UNAVAILABLE', 'away');
};

describe('Watching lanes', () => {
  it('goes on while the read store is away, and gives its answers when it is back', async () => {
    const ask = toleratingAbsence();
    expect(await ask(away)).toBeNull();
    expect(await ask(away)).toBeNull();
    expect(await ask(async () => 7)).toBe(7);
    expect(await ask(away)).toBeNull();
  });

  it('ends when it stays away', async () => {
    let now = 0;
    const ask = toleratingAbsence(() => now);
    expect(await ask(away)).toBeNull();
    now = 60_000;
    expect(await ask(away)).toBeNull();
    now = 60_001;
    await expect(ask(away)).rejects.toMatchObject({ code: 'READ_STORE.UNAVAILABLE' });
  });

  it('ends at once at anything else', async () => {
    const stalled = new DomainError('unavailable', 'READ_MODEL.STALLED', 'stands still');
    await expect(toleratingAbsence()(async () => Promise.reject(stalled))).rejects.toBe(stalled);
  });
});
