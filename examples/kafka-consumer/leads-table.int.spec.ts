import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { START } from '#kernel/position.js';
import { EVERY_PUBLIC_EVENT } from '#platform/public-events/every-public-event.js';
import { binaryRecord } from '#publishing/cloud-event.js';
import { arrayEventStore } from '#publishing/testing/array-event-store.js';
import { EXPECTED, tellLeads } from '../../test/support/told-leads.js';
import { openLeadsTable, type EventRecord } from './leads-table.js';

function told(): EventRecord[] {
  const ledger = arrayEventStore();
  tellLeads(ledger);
  return ledger.events.flatMap((event) => {
    const described = EVERY_PUBLIC_EVENT.of(event.type);
    return described === undefined ? [] : [binaryRecord(event, described, ledger.store.ledgerId, START)];
  });
}

describe('The leads table', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'concord-example-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('counts leads by channel and stage, corrections, new passes and late records included', () => {
    const table = openLeadsTable(join(folder, 'leads.sqlite'));
    const records = told();
    expect(table.take(0, records)).toBe(records.length);
    expect(table.rows()).toEqual(EXPECTED);
    table.close();
  });

  it('counts nothing twice, wherever it is cut off and however much is given again', () => {
    const file = join(folder, 'leads.sqlite');
    const records = told();
    for (let cut = 1; cut <= records.length; cut += 3) {
      const table = openLeadsTable(file);
      table.take(0, records.slice(0, cut));
      table.close();
    }
    const last = openLeadsTable(file);
    last.take(0, records);
    expect(last.take(0, records)).toBe(0);
    expect(last.rows()).toEqual(EXPECTED);
    last.close();
  });

  it('keeps neither a batch nor its progress when one record of it cannot be taken', () => {
    const table = openLeadsTable(':memory:');
    const records = told();
    const broken = records.map((record, index) => (index === 5 ? { ...record, value: '{' } : record));
    expect(() => table.take(0, broken)).toThrow();
    expect(table.rows()).toEqual([]);
    expect(table.take(0, records)).toBe(records.length);
    table.close();
  });
});
