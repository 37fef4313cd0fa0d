import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import type { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { answerEach } from '#platform/http/command-list.js';
import { findLead } from '../../find-lead.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { leadNotFound } from '../../run-on-lead.js';
import { handleRecordTouch } from '../record-touch/record-touch.handler.js';
import { RecordTouchesCommand } from './record-touches.command.js';

@CommandHandler(RecordTouchesCommand)
export class RecordTouchesHandler implements ICommandHandler<RecordTouchesCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: RecordTouchesCommand): Promise<readonly (Outcome | DomainError)[]> {
    return handleRecordTouches(this.deps, command);
  }
}

/**
 * Each touch is judged alone. Those of one lead are recorded in the order given; different leads go side by side. Only refusals become answers;
 * a ledger out of reach fails the whole.
 */
export const handleRecordTouches = (
  deps: LeadsDeps,
  { context, items }: Pick<RecordTouchesCommand, 'context' | 'items'>,
): Promise<readonly (Outcome | DomainError)[]> =>
  answerEach(
    context,
    items,
    ({ lead }) => JSON.stringify(lead),
    async (own, { lead, touch }) => {
      const leadId: Uuid | null = await findLead(deps, lead);
      if (leadId === null) throw leadNotFound('so named');
      return handleRecordTouch(deps, { context: own, leadId, input: touch });
    },
  );
