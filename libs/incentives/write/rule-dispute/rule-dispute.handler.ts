import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { runDisputeCommand, STATEMENT_DEPS, type StatementDeps } from '../run-statement-command.js';
import { RuleDisputeCommand } from './rule-dispute.command.js';
import { ruleDispute } from './rule-dispute.js';

@CommandHandler(RuleDisputeCommand)
export class RuleDisputeHandler implements ICommandHandler<RuleDisputeCommand> {
  constructor(@Inject(STATEMENT_DEPS) private readonly deps: StatementDeps) {}

  async execute({ context, input }: RuleDisputeCommand): Promise<Outcome> {
    const amounts = await Promise.all(
      input.amounts.map(async ({ member, amount }) => ({ member: await this.deps.roster.resolve(member), amount })),
    );
    return runDisputeCommand(this.deps, { context, input: { ...input, amounts } }, ruleDispute);
  }
}
