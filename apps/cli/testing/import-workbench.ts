import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import type { EventStore } from '#event-store/event-store.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Mapping } from '#imports/mapping/mapping.js';
import { parseMapping } from '#imports/mapping/parse-mapping.js';
import { ensureOrganisation } from '#organisation/write/configure/ensure-organisation.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import type { IdentityHasher } from '#platform/identity.js';
import { runImport, type ImportOptions, type ImportReport } from '../import/run-import.js';

/** A ledger and a folder of files, for one test. */
export interface Workbench {
  readonly folder: string;
  readonly store: EventStore;
  readonly identity: IdentityHasher;
  readonly organisation: OrganisationConfiguredData;
  /** Writes a file into the folder and gives its path. */
  file(name: string, content: string | Uint8Array): string;
  /** Imports files of the folder (default: all of it). */
  import(mapping: Mapping, options?: Partial<ImportOptions>): Promise<ImportReport>;
  /** Every event so far but the imports' own and the organisation's. */
  events(): Promise<readonly RecordedEvent[]>;
  /** Their types with their number. */
  counts(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

const hmac = (text: string): string => createHmac('sha256', 'a key for tests').update(text).digest('hex');

export const testIdentity: IdentityHasher = {
  email: (text) => hmac(`email ${text}`),
  externalId: (system, id) => hmac(JSON.stringify([system, id])),
  digest: hmac,
};

export async function openWorkbench(): Promise<Workbench> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-import-'));
  const store = await openSqliteEventStore({ file: join(folder, '.ledger.sqlite') });
  const organisation = await ensureOrganisation(store, { timeZone: 'UTC', currency: 'EUR', fiscalYearStart: '01-01' });
  const rejects = join(folder, '.rejects');
  async function events(): Promise<readonly RecordedEvent[]> {
    const all: RecordedEvent[] = [];
    for await (const page of store.readAll({})) all.push(...page.events);
    return all.filter(({ type }) => !type.startsWith('import.') && !type.startsWith('organisation.'));
  }
  return {
    folder,
    store,
    identity: testIdentity,
    organisation,
    file(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    import: (mapping, options = {}) =>
      runImport({ store, identity: testIdentity, organisation }, { mapping, paths: [folder], rejects, ...options }),
    events,
    async counts() {
      const counts: Record<string, number> = {};
      for (const { type } of await events()) counts[type] = (counts[type] ?? 0) + 1;
      return counts;
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A source with everything in it: leads with stages in columns of their own, deals with a payment, touches, owners. */
export const CRM: Mapping = parseMapping({
  format: 1,
  name: 'crm',
  system: 'crm',
  zone: 'Europe/Berlin',
  complete: true,
  nulls: ['Select'],
  files: [
    {
      file: 'leads.csv',
      records: [
        {
          kind: 'lead',
          id: 'id',
          at: 'created',
          fields: {
            'person.email': 'email',
            'person.firstName': 'name',
            company: 'company',
            channel: { column: 'channel', translate: { 'Paid Search': 'paid_search' } },
            owner: 'owner',
            'dimension.region': 'region',
          },
        },
        { kind: 'stage', lead: 'id', stage: { constant: 'mql' }, at: 'mql' },
        { kind: 'stage', lead: 'id', stage: { constant: 'sql' }, at: 'sql' },
      ],
    },
    {
      file: 'deals.csv',
      records: [
        {
          kind: 'deal',
          id: 'deal',
          lead: 'lead',
          at: 'opened',
          fields: { value: 'value', owner: 'owner', stage: 'stage', product: 'product' },
        },
        {
          kind: 'close',
          deal: 'deal',
          lead: 'lead',
          when: [{ value: 'result', is: ['won', 'lost'] }],
          outcome: 'result',
          at: 'closed',
          fields: { value: 'value' },
        },
        { kind: 'payment', deal: 'deal', lead: 'lead', at: 'paid', fields: { amount: 'amount' } },
      ],
    },
    {
      file: 'touches.csv',
      records: [
        {
          kind: 'touch',
          lead: 'lead',
          id: 'touch',
          at: 'at',
          fields: { kind: 'kind', outcome: 'outcome', member: 'by', direction: { constant: 'outbound' } },
        },
      ],
    },
  ],
});

export const LEADS_HEADER = 'id,created,mql,sql,email,name,company,channel,owner,region';
export const DEALS_HEADER = 'deal,lead,opened,stage,product,value,result,closed,paid,amount,owner';

export const csv = (header: string, ...rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;
