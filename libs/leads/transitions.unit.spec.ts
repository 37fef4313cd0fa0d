import type { Team } from '#kernel/envelope.js';
import { TEAMS } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { GivenEvent } from '#kernel/testing/given-when-then.js';
import type { Asked } from './asked.js';
import type { LeadEvent } from './events/lead-events.js';
import { NO_DEALS, type LeadDeals } from './lead-deals.js';
import type { LeadState } from './lead.js';
import {
  asks,
  assigned,
  created,
  deals,
  disqualified,
  lostOn,
  mql,
  recycled,
  rejected,
  sal,
  sql,
  wonOn,
  leadAfter,
} from './testing/lead-life.js';
import { SAM } from './testing/leads-deps.js';
import { acceptLead } from './write/accept-lead/accept-lead.js';
import { annulStage } from './write/annul-stage/annul-stage.js';
import { disqualifyLead } from './write/disqualify-lead/disqualify-lead.js';
import { qualifyMql } from './write/qualify-mql/qualify-mql.js';
import { qualifySql } from './write/qualify-sql/qualify-sql.js';
import { recycleLead } from './write/recycle-lead/recycle-lead.js';
import { rejectLead } from './write/reject-lead/reject-lead.js';
import { reopenLead } from './write/reopen-lead/reopen-lead.js';

/** Every place that a lead can be in, and how it got there; exits are taken by a stranger to all who ask. */
const PLACES: Readonly<
  Record<string, { readonly given: readonly GivenEvent<LeadEvent>[]; readonly deals: LeadDeals }>
> = {
  lead: { given: [created()], deals: NO_DEALS },
  'lead of sales': { given: [created(), assigned(1, 'sue', 'sales')], deals: NO_DEALS },
  mql: { given: [created(), mql(1)], deals: NO_DEALS },
  sal: { given: [created(), mql(1), sal(2)], deals: NO_DEALS },
  sql: { given: [created(), mql(1), sal(2), sql(3)], deals: NO_DEALS },
  opportunity: { given: [created(), mql(1)], deals: deals({}) },
  lost: { given: [created(), mql(1)], deals: deals(lostOn(9)) },
  customer: { given: [created(), mql(1)], deals: deals(wonOn(9)) },
  rejected: { given: [created(), mql(1), rejected(4, SAM)], deals: NO_DEALS },
  recycled: { given: [created(), mql(1), recycled(4, SAM)], deals: NO_DEALS },
  disqualified: { given: [created(), mql(1), disqualified(4, SAM)], deals: NO_DEALS },
  'customer, new pass': { given: [created(), sql(10, 2)], deals: deals(wonOn(9)) },
};

type Decision = (asked: Asked<never>, lead: LeadState, itsDeals: LeadDeals) => LeadEvent[];

const MEANINGS: Readonly<Record<string, readonly [decision: unknown, input: unknown]>> = {
  QualifyMQL: [qualifyMql, { definition: 'mql@2', evidence: [] }],
  AcceptLead: [acceptLead, { note: 'mine' }],
  QualifySQL: [qualifySql, { note: 'real' }],
  RejectLead: [rejectLead, { reason: 'no-budget', note: null }],
  RecycleLead: [recycleLead, { reason: 'no-response', note: null, until: null }],
  'RecycleLead, not worked in time': [recycleLead, { reason: 'not-worked-in-time', note: null, until: null }],
  DisqualifyLead: [disqualifyLead, { reason: 'invalid', note: null }],
  'ReopenLead, correction': [reopenLead, { mode: 'correction', note: null }],
  'ReopenLead, new pass': [reopenLead, { mode: 'new-pass', note: null }],
  AnnulStage: [annulStage, { reason: null }],
};

/**
 * The table of the ledger's design, command by command and place by place: `stage.pass` where the lead is afterwards, 409 where a rule refuses
 * it. Marketing, sales, system: `all` of them, or only those named; the other teams get 403.
 */
const TABLE: readonly (readonly [command: string, who: string, Readonly<Record<string, string>>])[] = [
  [
    'QualifyMQL',
    'marketing system',
    {
      lead: 'mql.1',
      'lead of sales': 'mql.1',
      mql: '409',
      sal: '409',
      sql: '409',
      opportunity: '409',
      lost: '409',
      customer: 'mql.2',
      rejected: 'mql.2',
      recycled: 'mql.2',
      disqualified: '409',
      'customer, new pass': '409',
    },
  ],
  [
    'AcceptLead',
    'sales system',
    {
      lead: 'sal.1',
      'lead of sales': 'sal.1',
      mql: 'sal.1',
      sal: '409',
      sql: '409',
      opportunity: 'sal.1',
      lost: 'sal.1',
      customer: 'sal.2',
      rejected: 'sal.2',
      recycled: 'sal.2',
      disqualified: '409',
      'customer, new pass': '409',
    },
  ],
  [
    'QualifySQL',
    'sales system',
    {
      lead: 'sql.1',
      'lead of sales': 'sql.1',
      mql: 'sql.1',
      sal: 'sql.1',
      sql: '409',
      opportunity: 'sql.1',
      lost: 'sql.1',
      customer: 'sql.2',
      rejected: 'sql.2',
      recycled: 'sql.2',
      disqualified: '409',
      'customer, new pass': '409',
    },
  ],
  [
    'RejectLead',
    'sales system',
    {
      lead: '409',
      'lead of sales': 'rejected.1',
      mql: 'rejected.1',
      sal: '409',
      sql: '409',
      opportunity: '409',
      lost: '409',
      customer: '409',
      rejected: '409',
      recycled: '409',
      disqualified: '409',
      'customer, new pass': '409',
    },
  ],
  [
    'RecycleLead',
    'sales system',
    {
      lead: '409',
      'lead of sales': '409',
      mql: 'recycled.1',
      sal: 'recycled.1',
      sql: 'recycled.1',
      opportunity: '409',
      lost: 'recycled.1',
      customer: '409',
      rejected: '409',
      recycled: '409',
      disqualified: '409',
      'customer, new pass': 'recycled.2',
    },
  ],
  [
    'DisqualifyLead',
    'marketing sales system',
    {
      lead: 'disqualified.1',
      'lead of sales': 'disqualified.1',
      mql: 'disqualified.1',
      sal: 'disqualified.1',
      sql: 'disqualified.1',
      opportunity: 'disqualified.1',
      lost: 'disqualified.1',
      customer: '409',
      rejected: 'disqualified.1',
      recycled: 'disqualified.1',
      disqualified: '409',
      'customer, new pass': '409',
    },
  ],
  // By a head of either team; a member of theirs gets 403 where there is something to reopen.
  [
    'ReopenLead, correction',
    'marketing sales system',
    {
      lead: '409',
      'lead of sales': '409',
      mql: '409',
      sal: '409',
      sql: '409',
      opportunity: '409',
      lost: '409',
      customer: '409',
      rejected: 'mql.1',
      recycled: 'mql.1',
      disqualified: 'mql.1',
      'customer, new pass': '409',
    },
  ],
  [
    'ReopenLead, new pass',
    'marketing sales system',
    {
      lead: '409',
      'lead of sales': '409',
      mql: '409',
      sal: '409',
      sql: '409',
      opportunity: '409',
      lost: '409',
      customer: '409',
      rejected: 'lead.2',
      recycled: 'lead.2',
      disqualified: 'lead.2',
      'customer, new pass': '409',
    },
  ],
  [
    'AnnulStage',
    'marketing sales system',
    {
      lead: '409',
      'lead of sales': '409',
      mql: 'lead.1',
      sal: 'mql.1',
      sql: 'sal.1',
      opportunity: 'lead.1',
      lost: 'lead.1',
      customer: 'lead.1',
      rejected: '409',
      recycled: '409',
      disqualified: '409',
      'customer, new pass': 'lead.1',
    },
  ],
];

describe('The transitions of a lead', () => {
  for (const [command, who, outcomes] of TABLE) {
    describe(command, () => {
      it('has an outcome for every place', () =>
        expect(Object.keys(outcomes).sort()).toEqual(Object.keys(PLACES).sort()));

      for (const team of TEAMS) {
        for (const [place, outcome] of Object.entries(outcomes)) {
          const may = who.split(' ').includes(team);
          const wanted = may ? outcome : forbidden(command, outcome);
          it(`from ${place}, by ${team}: ${wanted}`, () => expect(outcomeOf(command, team, place)).toBe(wanted));
        }
      }
    });
  }

  describe('RecycleLead, not worked in time', () => {
    it.each([
      ['mql', 'recycled.1'],
      ['lost', '403'],
      ['sal', '403'],
      ['sql', '403'],
      ['lead', '409'],
      ['customer', '409'],
    ])('by marketing, from %s: %s', (place, wanted) =>
      expect(outcomeOf('RecycleLead, not worked in time', 'marketing', place)).toBe(wanted),
    );
  });
});

/** What another team may never do is 403 wherever the lead stands; only of reopening it is said first that there is nothing to reopen. */
function forbidden(command: string, outcome: string): string {
  return command.startsWith('ReopenLead') && outcome === '409' ? '409' : '403';
}

function outcomeOf(command: string, team: Team, place: string): string {
  const [decision, input] = MEANINGS[command] ?? [];
  const { given, deals: itsDeals } = PLACES[place] ?? { given: [], deals: NO_DEALS };
  try {
    // The inputs stand beside their decisions above.
    const asked = { ...asks({ id: 'somebody', team }, input as object), role: 'head' } as unknown as Asked<never>;
    const events = (decision as Decision)(asked, leadAfter(given), itsDeals);
    const after = leadAfter([...given, ...events]);
    return `${after.stage}.${after.pass}`;
  } catch (error) {
    if (error instanceof DomainError)
      return error.kind === 'forbidden' ? '403' : error.kind === 'refused' ? '409' : error.code;
    throw error;
  }
}
