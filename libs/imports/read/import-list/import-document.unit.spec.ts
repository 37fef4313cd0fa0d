import { idOf, recorder } from '#platform/testing/recorder.js';
import { projectImport } from './import-document.js';

const ID = idOf('import');
const STARTED = {
  importId: ID,
  mapping: 'olist',
  system: 'olist',
  files: [{ name: 'leads.csv', sha256: 'ab', rows: 2 }],
  asHistory: false,
};
const FINISHED = { importId: ID, rows: 2, rejected: 1, unchanged: 0, events: { 'lead.created': 1 } };

describe('The import document', () => {
  const record = recorder();
  const started = record(`import-${ID}`, {
    type: 'import.started',
    occurredAt: 10,
    leadId: null,
    pass: null,
    data: STARTED,
  });
  const finished = record(`import-${ID}`, {
    type: 'import.finished',
    occurredAt: 20,
    leadId: null,
    pass: null,
    data: FINISHED,
  });

  it('is open from its start until it has finished', () => {
    const running = projectImport(null, started, ID);
    expect(running).toMatchObject({ id: ID, mapping: 'olist', startedAt: 10, finishedAt: null, result: null });
    expect(projectImport(running, finished, ID)).toMatchObject({
      finishedAt: 20,
      result: { rows: 2, rejected: 1, events: { 'lead.created': 1 } },
    });
  });

  it('cannot finish without having started', () => {
    expect(projectImport(null, finished, ID)).toBeNull();
  });
});
