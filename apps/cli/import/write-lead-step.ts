import type { Outcome } from '#event-store/command-context.js';
import { handleAcceptLead } from '#leads/write/accept-lead/accept-lead.handler.js';
import { handleAnnulTouch } from '#leads/write/annul-touch/annul-touch.handler.js';
import { handleAssignLead } from '#leads/write/assign-lead/assign-lead.handler.js';
import { handleChangeDetails } from '#leads/write/change-details/change-details.handler.js';
import { handleCreateLead } from '#leads/write/create-lead/create-lead.handler.js';
import { handleDisqualifyLead } from '#leads/write/disqualify-lead/disqualify-lead.handler.js';
import { handleQualifyMql } from '#leads/write/qualify-mql/qualify-mql.handler.js';
import { handleQualifySql } from '#leads/write/qualify-sql/qualify-sql.handler.js';
import { handleRecordTouch } from '#leads/write/record-touch/record-touch.handler.js';
import { handleRecycleLead } from '#leads/write/recycle-lead/recycle-lead.handler.js';
import { handleRejectLead } from '#leads/write/reject-lead/reject-lead.handler.js';
import { leadDifference, writtenLead } from '#imports/write/import/difference.js';
import { stageMove } from '#imports/write/import/stage-move.js';
import { ownEvents, rowThingId } from '#imports/write/import/own-writes.js';
import type { LeadStep, StageStep, TouchStep } from '#imports/write/import/step.js';
import { leadsDepsOf } from './import-deps.js';
import { CHANGED_IN_SOURCE, datedBy, knownLead, leadIdIn, type StepPlace, type StepWriting } from './step-place.js';

export async function writeLead(place: StepPlace, step: LeadStep): Promise<StepWriting> {
  if (place.last !== null) return changeLead(place, step);
  const { run } = place;
  const input = {
    ...step.values,
    externalIds: [{ system: run.system, id: step.lead }],
    touches: [],
    onDuplicate: 'touch' as const,
    leadId: leadIdIn(run.namespace, step.lead),
    ...datedBy(step),
  };
  return { outcomes: [await handleCreateLead(leadsDepsOf(run.deps), { context: place.context(), input })] };
}

async function changeLead(place: StepPlace, step: LeadStep): Promise<StepWriting> {
  const { run } = place;
  const { deps } = run;
  const leadId = knownLead(place);
  const own = place.lead?.alias === false ? ownEvents(await place.lead.events(), run.system) : [];
  const written = writtenLead(own);
  if (written === null)
    return { listed: 'the row changed, but its lead was created by another source; change the lead by hand' };
  const owner = step.values.owner === null ? null : await deps.roster.resolve(step.values.owner);
  const difference = leadDifference(written, { ...step.values, owner });
  const outcomes: Outcome[] = [];
  if (difference.owner !== undefined) {
    const context = place.context(difference.details === null ? '' : 'owner');
    outcomes.push(
      await handleAssignLead(leadsDepsOf(deps), { context, leadId, input: { owner: difference.owner, team: null } }),
    );
  }
  if (difference.details !== null) {
    outcomes.push(
      await handleChangeDetails(leadsDepsOf(deps), { context: place.context(), leadId, input: difference.details }),
    );
  }
  if (outcomes.length > 0) return { outcomes };
  const created = own.find(({ type }) => type === 'lead.created');
  if (created !== undefined && created.occurredAt !== step.occurredAt)
    return { listed: 'the date of creation differs from the one imported before, and a lead keeps its own' };
  return 'unchanged';
}

export async function writeStage(place: StepPlace, step: StageStep): Promise<StepWriting> {
  const { run, last } = place;
  const leadId = knownLead(place);
  const stage = step.values.stage;
  const move = stageMove(step, last, place.lead?.stage ?? null);
  if (move === 'unchanged') return 'unchanged';
  if (move !== 'write') return { listed: move };
  const deps = leadsDepsOf(run.deps);
  const context = place.context();
  const { reason, note, until, definition } = step.values;
  const dated = datedBy(step);
  const exit = { ...dated, reason: reason ?? 'other', note: reason === null ? (note ?? NOT_STATED) : note };
  switch (stage) {
    case 'mql':
      return one(
        handleQualifyMql(deps, {
          context,
          leadId,
          input: { ...dated, definition: definition ?? 'mql@1', evidence: [] },
        }),
      );
    case 'sal':
      return one(handleAcceptLead(deps, { context, leadId, input: { ...dated, note } }));
    case 'sql':
      return one(handleQualifySql(deps, { context, leadId, input: { ...dated, note } }));
    case 'rejected':
      return one(handleRejectLead(deps, { context, leadId, input: exit }));
    case 'recycled':
      return one(handleRecycleLead(deps, { context, leadId, input: { ...exit, until } }));
    case 'disqualified':
      return one(handleDisqualifyLead(deps, { context, leadId, input: exit }));
  }
}

/** `other` needs a note; a file that tells no reason is said to tell none. */
const NOT_STATED = 'not stated in the file';

export async function writeTouch(place: StepPlace, step: TouchStep): Promise<StepWriting> {
  const { run, last } = place;
  const { namespace } = run;
  const leadId = knownLead(place);
  const deps = leadsDepsOf(run.deps);
  const name = JSON.stringify([step.lead, place.name]);
  const outcomes: Outcome[] = [];
  if (last !== null) {
    const input = { touchId: rowThingId(namespace, name, 'touch', last.n), reason: CHANGED_IN_SOURCE };
    outcomes.push(await handleAnnulTouch(deps, { context: place.context('annul'), leadId, input }));
  }
  const touchId = rowThingId(namespace, name, 'touch', (last?.n ?? -1) + 1);
  const input = { ...step.values, ...datedBy(step), touchId };
  outcomes.push(await handleRecordTouch(deps, { context: place.context(), leadId, input }));
  return { outcomes };
}

const one = async (outcome: Promise<Outcome>): Promise<StepWriting> => ({ outcomes: [await outcome] });
