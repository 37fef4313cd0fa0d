import fc from 'fast-check';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Actor } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import type { LeadsDeps } from '../leads-deps.js';
import { handleAcceptLead } from '../write/accept-lead/accept-lead.handler.js';
import { handleAnnulStage } from '../write/annul-stage/annul-stage.handler.js';
import { handleAnnulTouch } from '../write/annul-touch/annul-touch.handler.js';
import { handleAssignLead } from '../write/assign-lead/assign-lead.handler.js';
import { handleChangeDetails } from '../write/change-details/change-details.handler.js';
import { handleDisqualifyLead } from '../write/disqualify-lead/disqualify-lead.handler.js';
import { handleQualifyMql } from '../write/qualify-mql/qualify-mql.handler.js';
import { handleQualifySql } from '../write/qualify-sql/qualify-sql.handler.js';
import { handleRecordTouch } from '../write/record-touch/record-touch.handler.js';
import { handleRecycleLead } from '../write/recycle-lead/recycle-lead.handler.js';
import { handleRejectLead } from '../write/reject-lead/reject-lead.handler.js';
import { handleReopenLead } from '../write/reopen-lead/reopen-lead.handler.js';
import { handleReviewLead } from '../write/review-lead/review-lead.handler.js';
import { DAY, NOW } from './leads-deps.js';

/** One command of somebody on a lead that exists; `send` may be called again, with the same context or another one. */
export interface RandomCommand {
  readonly name: string;
  readonly actor: Actor;
  readonly send: (deps: LeadsDeps, context: CommandContext, leadId: Uuid) => Promise<Outcome>;
}

export const TOUCH_IDS = ['b6b0c2a4-6a53-5c6b-9d68-0a4c8b0f0001', 'b6b0c2a4-6a53-5c6b-9d68-0a4c8b0f0002'] as const;

const actor = fc.constantFrom<Actor>(
  { id: 'maria', team: 'marketing' },
  { id: 'sam', team: 'sales' },
  { id: 'sue', team: 'sales' },
  { id: 'anonymous', team: 'system' },
  { id: 'fay', team: 'finance' },
);
/** Mostly undated; else a day of the last month, so that all orders come up. */
const dated = fc
  .option(
    fc.integer({ min: 0, max: 30 }).map((n): Instant => NOW - 30 * DAY + n * DAY),
    { nil: undefined, freq: 2 },
  )
  .map((occurredAt) => (occurredAt === undefined ? {} : { occurredAt }));
const note = fc.constantFrom(null, 'a', 'b');
const touchId = fc.constantFrom(...TOUCH_IDS);

function command<Input extends object>(
  name: string,
  handle: (deps: LeadsDeps, command: { context: CommandContext; leadId: Uuid; input: Input }) => Promise<Outcome>,
  input: fc.Arbitrary<Input>,
): fc.Arbitrary<RandomCommand> {
  return fc.tuple(actor, input, dated).map(([by, said, when]) => ({
    name: `${name} by ${by.id} ${JSON.stringify({ ...said, ...when })}`,
    actor: by,
    send: (deps, context, leadId) => handle(deps, { context, leadId, input: { ...said, ...when } }),
    toString: () => name,
  }));
}

const reason = (...codes: readonly string[]): fc.Arbitrary<{ reason: string; note: string | null }> =>
  fc.record({ reason: fc.constantFrom(...codes), note });

/** Any command but the creation; stage commands come up most. */
export const randomCommand: fc.Arbitrary<RandomCommand> = fc.oneof(
  {
    weight: 3,
    arbitrary: command(
      'QualifyMQL',
      handleQualifyMql,
      fc.record({ definition: fc.constantFrom('mql@1', 'mql@2'), evidence: fc.constant([]) }),
    ),
  },
  { weight: 3, arbitrary: command('AcceptLead', handleAcceptLead, fc.record({ note })) },
  { weight: 3, arbitrary: command('QualifySQL', handleQualifySql, fc.record({ note })) },
  { weight: 2, arbitrary: command('RejectLead', handleRejectLead, reason('no-need', 'duplicate')) },
  {
    weight: 2,
    arbitrary: command(
      'RecycleLead',
      handleRecycleLead,
      reason('bad-timing', 'not-worked-in-time').map((because) => ({ ...because, until: null })),
    ),
  },
  { weight: 1, arbitrary: command('DisqualifyLead', handleDisqualifyLead, reason('invalid', 'duplicate')) },
  {
    weight: 3,
    arbitrary: command(
      'ReopenLead',
      handleReopenLead,
      fc.record({ mode: fc.constantFrom('correction' as const, 'new-pass' as const), note }),
    ),
  },
  {
    weight: 2,
    arbitrary: command(
      'AnnulStage',
      handleAnnulStage,
      fc.record({ reason: note, stage: fc.constantFrom(undefined, 'mql' as const, 'sal' as const, 'sql' as const) }),
    ),
  },
  {
    weight: 1,
    arbitrary: command(
      'AssignLead',
      handleAssignLead,
      fc.record({ owner: fc.constantFrom(null, 'sam', 'sue'), team: fc.constantFrom(null, 'sales' as const) }),
    ),
  },
  {
    weight: 1,
    arbitrary: command(
      'ChangeLeadDetails',
      handleChangeDetails,
      fc.record({
        company: fc.constantFrom(null, 'Engines', undefined),
        person: fc.constantFrom(
          { email: 'ada@example.com' },
          { email: 'countess@example.com' },
          { email: null },
          undefined,
        ),
        dimensions: fc.constantFrom({ office: 'Lisbon' }, { office: null }, undefined),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: command(
      'RecordTouch',
      handleRecordTouch,
      fc.record({ touchId, note }).map((said) => ({
        ...said,
        kind: 'call',
        channel: null,
        channelRule: null,
        source: null,
        medium: null,
        campaign: null,
        content: null,
        direction: 'outbound' as const,
        automated: false,
        outcome: null,
        recordingUrl: null,
      })),
    ),
  },
  { weight: 1, arbitrary: command('AnnulTouch', handleAnnulTouch, fc.record({ touchId, reason: note })) },
  {
    weight: 1,
    arbitrary: command(
      'ReviewLead',
      handleReviewLead,
      fc
        .record({
          phase: fc.constantFrom('intake' as const, 'outcome' as const),
          quality: fc.constantFrom(1, 5, null),
          note,
        })
        .map((said) => ({
          ...said,
          needs: [],
          challenges: [],
          helped: [],
          wentWrong: [],
        })),
    ),
  },
);
