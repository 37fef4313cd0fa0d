import { lastStage, stageMove } from './stage-move.js';
import { imported } from './testing/imported.js';
import type { ImportedStage, StageStep } from './step.js';

const step = (stage: ImportedStage, present: boolean): StageStep => ({
  kind: 'stage',
  lead: 'L1',
  occurredAt: 0,
  assumed: false,
  ref: { file: 'f.csv', row: 2, cells: [] },
  present,
  values: { stage, reason: null, note: null, until: null, definition: null },
});

describe('A stage with a date column of its own', () => {
  it('is written once, and a changed one is listed', () => {
    expect(stageMove(step('mql', false), null, null)).toBe('write');
    expect(stageMove(step('mql', false), null, 'sql')).toBe('write');
    expect(stageMove(step('mql', false), { n: 0, digest: 'x' }, 'mql')).toMatch(/the mql differs/);
  });
});

describe('A stage told as where the lead stands now', () => {
  it.each<[ImportedStage, ImportedStage | null, string | RegExp]>([
    ['mql', null, 'write'],
    ['sql', 'mql', 'write'],
    ['sql', 'sql', 'unchanged'],
    ['mql', 'sql', /went back from sql to mql/],
    ['recycled', 'sql', 'write'],
    ['mql', 'recycled', 'write'],
  ])('%s after %s: %s', (stage, present, expected) => {
    const move = stageMove(step(stage, true), { n: 0, digest: 'x' }, present);
    if (typeof expected === 'string') expect(move).toBe(expected);
    else expect(move).toMatch(expected);
  });

  it('is the one that the source told last', () => {
    expect(lastStage([])).toBeNull();
    expect(
      lastStage([
        imported('lead.mql-qualified', {}, { step: 'mql', n: 0 }),
        imported('lead.recycled', {}, { step: 'recycled', n: 0 }),
        imported('lead.details-changed', {}, { step: 'lead', n: 1 }),
      ]),
    ).toBe('recycled');
  });
});
