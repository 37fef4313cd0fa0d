import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { PLAN_DEPS, runPlanCommand, type PlanDeps } from '../run-plan-command.js';
import { AcceptPlanCommand } from './accept-plan.command.js';
import { acceptPlan } from './accept-plan.js';

@CommandHandler(AcceptPlanCommand)
export class AcceptPlanHandler implements ICommandHandler<AcceptPlanCommand> {
  constructor(@Inject(PLAN_DEPS) private readonly deps: PlanDeps) {}

  execute(command: AcceptPlanCommand): Promise<Outcome> {
    return runPlanCommand(this.deps, command, acceptPlan);
  }
}
