import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { PLAN_DEPS, runPlanCommand, type PlanDeps } from '../run-plan-command.js';
import { SignPlanCommand } from './sign-plan.command.js';
import { signPlan } from './sign-plan.js';

@CommandHandler(SignPlanCommand)
export class SignPlanHandler implements ICommandHandler<SignPlanCommand> {
  constructor(@Inject(PLAN_DEPS) private readonly deps: PlanDeps) {}

  execute(command: SignPlanCommand): Promise<Outcome> {
    return runPlanCommand(this.deps, command, signPlan);
  }
}
