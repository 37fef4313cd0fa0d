import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedLedger } from './embedded-ledger.js';
import { runningApp } from './testing/running-app.js';

const unset = { timeZone: undefined, currency: undefined, fiscalYearStart: undefined, identityKey: undefined };

describe('A first start', () => {
  it('shows on its page what to try', async () => {
    const app = await runningApp();
    try {
      const { body, statusCode } = await app.get('/');
      expect(statusCode).toBe(200);
      expect(body).toContain('npx concord demo --leads 1000');
    } finally {
      await app.stop();
    }
  });

  it('records zone, currency and fiscal year; later starts take them and refuse others, naming both', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'concord-start-'));
    const dataFolder = join(parent, 'data');
    try {
      const first = await openEmbeddedLedger({
        dataFolder,
        config: { ...unset, timeZone: 'Europe/Berlin', currency: 'CHF' },
      });
      const hashed = first.hasher.email('ada@example.com');
      await first.close();
      expect(statSync(dataFolder).mode & 0o777).toBe(0o700);
      for (const file of readdirSync(dataFolder))
        expect([file, statSync(join(dataFolder, file)).mode & 0o777]).toEqual([file, 0o600]);
      const second = await openEmbeddedLedger({ dataFolder, config: unset });
      expect(second.organisation).toMatchObject({
        timeZone: 'Europe/Berlin',
        currency: 'CHF',
        fiscalYearStart: '01-01',
      });
      expect(second.hasher.email('ada@example.com')).toBe(hashed);
      expect(second.eventStore.ledgerId).toBe(first.eventStore.ledgerId);
      await second.close();
      await expect(openEmbeddedLedger({ dataFolder, config: { ...unset, currency: 'EUR' } })).rejects.toMatchObject({
        code: 'CONFIG.DIFFERS_FROM_LEDGER',
        detail: expect.stringMatching(/CONCORD_CURRENCY is "EUR".*"CHF"/) as string,
      });
      await expect(
        openEmbeddedLedger({ dataFolder, config: { ...unset, identityKey: 'ab'.repeat(32) } }),
      ).rejects.toMatchObject({ code: 'CONFIG.DIFFERS_FROM_LEDGER' });
    } finally {
      rmSync(parent, { recursive: true, force: true });
    }
  });
});
