import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { answerGroups, orRefusal } from '#platform/http/command-list.js';
import { findLead, type LeadReference } from '../../find-lead.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { leadNotFound } from '../../run-on-lead.js';
import { handleTouchesOfLead } from '../record-touch/record-touch.handler.js';
import { RecordTouchesCommand } from './record-touches.command.js';

@CommandHandler(RecordTouchesCommand)
export class RecordTouchesHandler implements ICommandHandler<RecordTouchesCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: RecordTouchesCommand): Promise<readonly (Outcome | DomainError)[]> {
    return handleRecordTouches(this.deps, command);
  }
}

/**
 * Each touch is judged alone. Those of one lead, however it is named, are recorded in the order given, in one append; different leads go side by
 * side. Only refusals become answers; a ledger out of reach fails the whole.
 */
export async function handleRecordTouches(
  deps: LeadsDeps,
  { context, items }: Pick<RecordTouchesCommand, 'context' | 'items'>,
): Promise<readonly (Outcome | DomainError)[]> {
  const references = items.flatMap((item) => (item instanceof DomainError ? [] : [item.lead]));
  const distinct = new Map(references.map((lead) => [keyOf(lead), lead]));
  const found = new Map<string, Uuid | DomainError>();
  for (const [key, lead] of distinct) {
    found.set(key, (await orRefusal(() => findLead(deps, lead))) ?? leadNotFound('so named'));
  }
  const named = items.map((item) => {
    if (item instanceof DomainError) return item;
    const lead = found.get(keyOf(item.lead)) ?? leadNotFound('so named');
    return lead instanceof DomainError ? lead : { lead, touch: item.touch };
  });
  return answerGroups(
    context,
    named,
    ({ lead }) => lead,
    (touches) =>
      handleTouchesOfLead(
        deps,
        touches.map(({ context: own, item }) => ({ context: own, leadId: item.lead, input: item.touch })),
      ),
  );
}

const keyOf = (lead: LeadReference): string => JSON.stringify(lead);
