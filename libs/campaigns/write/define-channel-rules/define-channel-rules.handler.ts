import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { CAMPAIGNS_DEPS, type CampaignsDeps } from '../../campaigns-deps.js';
import { handleDefineChannelRules } from '../run-channel-rules.js';
import { DefineChannelRulesCommand } from './define-channel-rules.command.js';

@CommandHandler(DefineChannelRulesCommand)
export class DefineChannelRulesHandler implements ICommandHandler<DefineChannelRulesCommand> {
  constructor(@Inject(CAMPAIGNS_DEPS) private readonly deps: CampaignsDeps) {}

  execute({ context, input }: DefineChannelRulesCommand): Promise<Outcome> {
    return handleDefineChannelRules(this.deps, context, input);
  }
}
