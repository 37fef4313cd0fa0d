import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runningApp } from '#apps/api/testing/running-app.js';
import { readConfig } from '#platform/config/config.js';
import { openLedger } from './ledger.js';

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
    const config = (env: Record<string, string> = {}) => readConfig({ ...env, CONCORD_DATA: dataFolder });
    try {
      const first = await openLedger(config({ CONCORD_TIME_ZONE: 'Europe/Berlin', CONCORD_CURRENCY: 'CHF' }));
      const hashed = first.hasher.email('ada@example.com');
      await first.close();
      expect(statSync(dataFolder).mode & 0o777).toBe(0o700);
      for (const file of readdirSync(dataFolder))
        expect([file, statSync(join(dataFolder, file)).mode & 0o777]).toEqual([file, 0o600]);
      const second = await openLedger(config());
      expect(second.organisation).toMatchObject({
        timeZone: 'Europe/Berlin',
        currency: 'CHF',
        fiscalYearStart: '01-01',
      });
      expect(second.hasher.email('ada@example.com')).toBe(hashed);
      expect(second.eventStore.ledgerId).toBe(first.eventStore.ledgerId);
      await second.close();
      await expect(openLedger(config({ CONCORD_CURRENCY: 'EUR' }))).rejects.toMatchObject({
        code: 'CONFIG.DIFFERS_FROM_LEDGER',
        detail: expect.stringMatching(/CONCORD_CURRENCY is "EUR".*"CHF"/) as string,
      });
      await expect(openLedger(config({ CONCORD_IDENTITY_KEY: 'ab'.repeat(32) }))).rejects.toMatchObject({
        code: 'CONFIG.DIFFERS_FROM_LEDGER',
      });
    } finally {
      rmSync(parent, { recursive: true, force: true });
    }
  });
});
