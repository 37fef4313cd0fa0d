import { malformed } from '#kernel/errors.js';
import { assumedOf, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { LeadCreatedData, LeadEvent, Person } from '../../events/lead-events.js';
import { duplicateOf } from '../../identity-claims.js';
import { hasExternalId } from '../../lead-details.js';
import type { LeadState } from '../../lead.js';
import type { TouchFacts } from '../../touch-facts.js';
import { recordTouch, touchedData } from '../record-touch/record-touch.js';

/** All facts of a creation, as the handler hands them in: members resolved, touches complete. */
export interface CreateLeadFacts extends Dated, Omit<LeadCreatedData, 'assumed'> {
  readonly touches: readonly TouchFacts[];
  /** What is recorded on the lead that exists already, where the creation brings no touches; null where it would be refused. */
  readonly touchOfDuplicate: TouchFacts | null;
  readonly onDuplicate: 'refuse' | 'touch';
}

export const MOST_TOUCHES = 500;

/**
 * A new lead with the touches it comes with. Where the lead exists, its identity is known: `refuse` throws `LEAD.DUPLICATE` (409, with
 * `existing`), `touch` records the touches on it and links the external ids.
 */
export function createLead(asked: Asked<CreateLeadFacts>, lead: LeadState): LeadEvent[] {
  const { touches, onDuplicate } = asked.input;
  const occurredAt = occurredAtOf(asked);
  assertTouches(touches);
  if (lead.id !== null && onDuplicate === 'refuse') throw duplicateOf(lead.id);
  if (lead.id !== null) return touchDuplicate(asked, lead);
  const created = {
    type: 'lead.created',
    leadId: asked.leadId,
    pass: 1,
    occurredAt,
    data: createdData(asked.input),
  } as const;
  const touched = touches.map((touch): LeadEvent => ({
    type: 'lead.touched',
    leadId: asked.leadId,
    pass: 1,
    occurredAt: occurredAtOf({ ...asked, input: { occurredAt: touch.occurredAt ?? occurredAt } }),
    data: touchedData(touch),
  }));
  return [created, ...touched];
}

function touchDuplicate(asked: Asked<CreateLeadFacts>, lead: LeadState): LeadEvent[] {
  const { touches, touchOfDuplicate, externalIds } = asked.input;
  const occurredAt = occurredAtOf(asked);
  const events = (touches.length === 0 && touchOfDuplicate !== null ? [touchOfDuplicate] : touches).flatMap((touch) =>
    recordTouch({ ...asked, input: { ...touch, occurredAt: touch.occurredAt ?? asked.input.occurredAt } }, lead),
  );
  const unknown = externalIds.filter((one) => !hasExternalId(lead.details.externalIds, one));
  if (unknown.length === 0) return events;
  const linked = [...lead.details.externalIds, ...unknown];
  return [
    ...events,
    { type: 'lead.details-changed', leadId: asked.leadId, pass: lead.pass, occurredAt, data: { externalIds: linked } },
  ];
}

function createdData(input: CreateLeadFacts): LeadCreatedData {
  const { company, externalIds, channel, source, medium, campaign, content } = input;
  const { segment, country, product, dimensions, owner, ownerTeam, channelRule } = input;
  return {
    person: input.person === null || isEmpty(input.person) ? null : input.person,
    company,
    externalIds,
    channel,
    source,
    medium,
    campaign,
    content,
    segment,
    country,
    product,
    dimensions,
    owner,
    ownerTeam,
    channelRule,
    ...assumedOf(input),
  };
}

const isEmpty = (person: Person): boolean => Object.values(person).every((value) => value === null);

function assertTouches(touches: readonly TouchFacts[]): void {
  if (touches.length > MOST_TOUCHES) {
    throw malformed('LEAD.TOO_MANY_TOUCHES', `a creation takes at most ${MOST_TOUCHES} touches, got ${touches.length}`);
  }
  if (new Set(touches.map(({ touchId }) => touchId)).size < touches.length) {
    throw malformed('LEAD.TOUCH_REPEATED', 'two of the touches have the same touchId');
  }
}
