import type { Uuid } from '#kernel/ids.js';
import { lastWrites, stepCommandId, stepName } from './own-writes.js';
import { imported } from './testing/imported.js';
import type { Step } from './step.js';

const ref = { file: 'f.csv', row: 2, cells: [] };
const base = { lead: 'L1', occurredAt: 0, assumed: false, ref };
const masked = (id: string): string => `#${id.length}`;

describe("A source's own writes", () => {
  it("are the last of each step, and nobody else's", () => {
    const events = [
      imported('lead.created', {}, { step: 'lead', n: 0, digest: 'a' }),
      imported('lead.mql-qualified', {}, { step: 'mql', n: 0, digest: 'm' }),
      imported('lead.details-changed', {}, { step: 'lead', n: 1, digest: 'b' }),
      imported('lead.details-changed', {}, { step: 'lead', n: 5, source: 'other', digest: 'c' }),
    ];
    expect([...lastWrites(events, 'crm')]).toEqual([
      ['lead', { n: 1, digest: 'b' }],
      ['mql', { n: 0, digest: 'm' }],
    ]);
  });

  it('leave out what went before the command that completes a step', () => {
    const events = [
      imported('lead.created', {}, { step: 'lead', n: 0, digest: 'a' }),
      imported('lead.assigned', {}, { step: 'lead/owner', n: 1, digest: 'b' }),
    ];
    expect(lastWrites(events, 'crm').get('lead')).toEqual({ n: 0, digest: 'a' });
  });

  it('are named without any id of the source in clear', () => {
    const touch: Step = { ...base, kind: 'touch', touch: 'ada@example.com', values: {} as never };
    const payment: Step = { ...base, kind: 'payment', deal: 'D', payment: 'ada@example.com', values: {} as never };
    expect(stepName(touch, 'digest', masked)).toBe('touch/#15');
    expect(stepName({ ...touch, touch: null }, '0123456789abcdefXYZ', masked)).toBe('touch/0123456789abcdef');
    expect(stepName(payment, 'digest', masked)).toBe('payment/#15');
    expect(stepName({ ...payment, payment: 'D' }, 'digest', masked)).toBe('payment');
  });

  it('have a command id that tells apart what they say and how often they were written', () => {
    const space = '6ba7b810-9dad-11d1-80b4-00c04fd430c8' as Uuid;
    const ids = [
      stepCommandId(space, 'L1', 'lead', { n: 0, digest: 'a' }),
      stepCommandId(space, 'L1', 'lead', { n: 1, digest: 'a' }),
      stepCommandId(space, 'L1', 'lead', { n: 0, digest: 'b' }),
      stepCommandId(space, 'L1', 'mql', { n: 0, digest: 'a' }),
      stepCommandId(space, 'L2', 'lead', { n: 0, digest: 'a' }),
      stepCommandId(space, 'L1', 'lead', { n: 0, digest: 'a' }, 'owner'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(stepCommandId(space, 'L1', 'lead', { n: 0, digest: 'a' })).toBe(ids[0]);
  });
});
