import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runOnLead, type LeadCommand } from '../../run-on-lead.js';
import { AnnulTouchCommand } from './annul-touch.command.js';
import { annulTouch, type AnnulTouchInput } from './annul-touch.js';

@CommandHandler(AnnulTouchCommand)
export class AnnulTouchHandler implements ICommandHandler<AnnulTouchCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: AnnulTouchCommand): Promise<Outcome> {
    return handleAnnulTouch(this.deps, command);
  }
}

export const handleAnnulTouch = (deps: LeadsDeps, command: LeadCommand<AnnulTouchInput>): Promise<Outcome> =>
  runOnLead(deps, command, annulTouch);
