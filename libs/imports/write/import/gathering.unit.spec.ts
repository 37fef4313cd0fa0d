import { MemberList } from './member-list.js';
import { mergeLead } from './merge-lead.js';
import type { LeadStep, LeadValues, MemberDetails } from './step.js';
import { countBatch, countEvents, newTally, unchangedRows } from './tally.js';

const none: LeadValues = {
  person: null,
  company: null,
  channel: null,
  source: null,
  medium: null,
  campaign: null,
  content: null,
  segment: null,
  country: null,
  product: null,
  dimensions: {},
  owner: null,
};
const lead = (occurredAt: number, assumed: boolean, values: Partial<LeadValues> = {}, row = 2): LeadStep => ({
  kind: 'lead',
  lead: 'A',
  occurredAt,
  assumed,
  ref: { file: 'f.csv', row, cells: [] },
  values: { ...none, ...values },
});

describe('A lead made of several rows', () => {
  it('is created at the least date that is known, assumed ones only where there is no other', () => {
    expect(mergeLead(lead(50, true), lead(90, false))).toMatchObject({ occurredAt: 90, assumed: false });
    expect(mergeLead(lead(90, false), lead(50, true))).toMatchObject({ occurredAt: 90, assumed: false });
    expect(mergeLead(lead(90, false), lead(40, false))).toMatchObject({ occurredAt: 40 });
    expect(mergeLead(lead(50, true), lead(50, true))).toMatchObject({ occurredAt: 50, assumed: true });
  });

  it('takes the first value found for each field', () => {
    const merged = mergeLead(
      lead(1, false, { company: 'Bricks', dimensions: { a: '1' } }),
      lead(0, false, { company: 'Stones', channel: 'email', dimensions: { a: '2', b: '3' } }),
    );
    expect(merged.values).toMatchObject({ company: 'Bricks', channel: 'email', dimensions: { a: '1', b: '3' } });
  });
});

describe('The members that files name', () => {
  const details = (manager: string | null): MemberDetails => ({ team: 'sales', role: 'member', manager, aliases: [] });

  it('join once each, at the first moment that needs them or their people', () => {
    const list = new MemberList();
    list.add({ handle: 'ada', at: 30, details: null });
    list.add({ handle: 'ada', at: 10, details: null });
    list.add({ handle: 'ada', at: Infinity, details: details('grace') });
    list.add({ handle: 'grace', at: Infinity, details: details(null) });
    list.add({ handle: 'idle', at: Infinity, details: details(null) });
    expect(list.inOrder(5).map(({ handle, at }) => [handle, at])).toEqual([
      ['idle', 5],
      ['grace', 10],
      ['ada', 10],
    ]);
  });
});

describe('The tally of an import', () => {
  it('counts each row once, by the worst that became of it', () => {
    const tally = newTally();
    const result = { events: [], rejection: null, notice: null };
    const rejection = { ref: lead(0, false).ref, column: '', code: 'X', reason: 'x' };
    const [written, same, refused, told] = [
      lead(0, false, {}, 2),
      lead(0, false, {}, 3),
      lead(0, false, {}, 4),
      lead(0, false, {}, 5),
    ];
    countBatch(
      tally,
      { rows: 5, memberRows: 0 },
      [rejection],
      [
        { ...result, step: written, events: ['lead.created'] },
        { ...result, step: written },
        { ...result, step: same },
        { ...result, step: refused, rejection },
        { ...result, step: refused, events: ['deal.opened'] },
        { ...result, step: told, notice: rejection },
      ],
    );
    expect(tally).toEqual({
      rows: 5,
      rejected: 2,
      unchanged: 1,
      listed: 1,
      memberRows: 0,
      events: { 'lead.created': 1, 'deal.opened': 1 },
    });
  });

  it('counts the rows of members as unchanged where nobody joined or moved', () => {
    const tally = newTally();
    countBatch(tally, { rows: 3, memberRows: 3 }, [], []);
    expect(unchangedRows(tally)).toBe(3);
    countEvents(tally, ['member.joined']);
    expect(unchangedRows(tally)).toBe(0);
  });
});
