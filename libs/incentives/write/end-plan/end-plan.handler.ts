import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { PLAN_DEPS, runPlanCommand, type PlanDeps } from '../run-plan-command.js';
import { EndPlanCommand } from './end-plan.command.js';
import { endPlan } from './end-plan.js';

@CommandHandler(EndPlanCommand)
export class EndPlanHandler implements ICommandHandler<EndPlanCommand> {
  constructor(@Inject(PLAN_DEPS) private readonly deps: PlanDeps) {}

  execute(command: EndPlanCommand): Promise<Outcome> {
    return runPlanCommand(this.deps, command, endPlan);
  }
}
