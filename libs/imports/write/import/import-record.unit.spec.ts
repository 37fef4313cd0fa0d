import { finishImport, startImport } from './import-record.js';

const started = { importId: 'i', mapping: 'crm', system: 'crm', files: [], asHistory: false };
const finished = { importId: 'i', rows: 1, rejected: 0, unchanged: 0, events: {} };

describe('An import in the ledger', () => {
  it('starts once', () => {
    expect(startImport(started, 5, 'none')).toEqual([
      { type: 'import.started', occurredAt: 5, leadId: null, pass: null, data: started },
    ]);
    expect(() => startImport(started, 5, 'started')).toThrow(/IMPORT\.STARTED_BEFORE/);
  });

  it('finishes once, after its start', () => {
    expect(finishImport(finished, 6, 'started')).toEqual([
      { type: 'import.finished', occurredAt: 6, leadId: null, pass: null, data: finished },
    ]);
    expect(() => finishImport(finished, 6, 'none')).toThrow(/IMPORT\.NOT_RUNNING/);
    expect(() => finishImport(finished, 6, 'finished')).toThrow(/IMPORT\.NOT_RUNNING/);
  });
});
