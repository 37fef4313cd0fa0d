import { advance, type Progress } from './only-once.js';

const record = (ce_ledgerid: string, position: number) => ({ ce_ledgerid, ce_position: String(position) });
function kept(...records: readonly (readonly [string, number])[]): string[] {
  let progress: Progress | null = null;
  return records.flatMap(([ledger, position]) => {
    const next = advance(progress, record(ledger, position));
    progress = next ?? progress;
    return next === null ? [] : [`${ledger}${position}`];
  });
}

describe('The consumer rule', () => {
  it('keeps what is further than all before it, and drops the rest', () => {
    expect(kept(['a', 3], ['a', 3], ['a', 10], ['a', 9], ['a', 3], ['a', 11])).toEqual(['a3', 'a10', 'a11']);
  });

  it('compares positions as numbers, however long', () => {
    expect(kept(['a', 9], ['a', 10])).toEqual(['a9', 'a10']);
    const large = { ce_ledgerid: 'a', ce_position: '340282366920938463463374607431768211455' };
    expect(advance(advance(null, large), large)).toBeNull();
  });

  it('begins anew with a ledger that follows, and drops what comes late from one before it', () => {
    expect(kept(['a', 50], ['b', 7], ['a', 60], ['b', 7], ['b', 8], ['a', 70])).toEqual(['a50', 'b7', 'b8']);
  });
});
