import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import type { EventStore } from '#event-store/event-store.js';
import { ORGANISATION_STREAM } from '../../events/organisation-events.js';
import { ensureOrganisation } from './ensure-organisation.js';

let folder: string;
let store: EventStore;
const open = (): Promise<EventStore> => openSqliteEventStore({ file: path.join(folder, 'ledger.sqlite') });

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'concord-organisation-'));
  store = await open();
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('The organisation of a ledger', () => {
  it('is recorded at first start, with defaults, and read at the next', async () => {
    const recorded = { timeZone: 'Europe/Berlin', currency: 'EUR', fiscalYearStart: '01-01' };
    expect(await ensureOrganisation(store, { timeZone: 'Europe/Berlin' })).toEqual(recorded);
    expect(await ensureOrganisation(store, {})).toEqual(recorded);
    expect(await store.readStream(ORGANISATION_STREAM)).toHaveLength(1);
  });

  it('refuses to become another one and leaves nothing', async () => {
    await ensureOrganisation(store, {});
    await expect(ensureOrganisation(store, { currency: 'USD' })).rejects.toMatchObject({
      code: 'CONFIG.DIFFERS_FROM_LEDGER',
      detail: expect.stringMatching(/CONCORD_CURRENCY.*"USD".*"EUR"/) as string,
    });
    expect(await store.readStream(ORGANISATION_STREAM)).toHaveLength(1);
  });

  it('is one, however many processes start at once', async () => {
    const others = await Promise.all([open(), open(), open()]);
    const seen = await Promise.all([store, ...others].map((each) => ensureOrganisation(each, { currency: 'EUR' })));
    expect(new Set(seen.map((organisation) => JSON.stringify(organisation))).size).toBe(1);
    expect(await store.readStream(ORGANISATION_STREAM)).toHaveLength(1);
    await Promise.all(others.map((other) => other.close()));
  });
});
