import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runOnLead, type LeadCommand } from '../../run-on-lead.js';
import { RecordTouchCommand } from './record-touch.command.js';
import { touchFacts, type TouchInput } from '../../touch-facts.js';
import { recordTouch } from './record-touch.js';

@CommandHandler(RecordTouchCommand)
export class RecordTouchHandler implements ICommandHandler<RecordTouchCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: RecordTouchCommand): Promise<Outcome> {
    return handleRecordTouch(this.deps, command);
  }
}

export async function handleRecordTouch(deps: LeadsDeps, command: LeadCommand<TouchInput>): Promise<Outcome> {
  const input = await touchFacts(deps, command.context, command.input);
  return runOnLead(deps, { ...command, input }, recordTouch);
}
