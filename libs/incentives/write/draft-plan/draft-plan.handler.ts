import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { uuidv5 } from '#kernel/ids.js';
import { PLAN_DEPS, runPlanCommand, type PlanDeps } from '../run-plan-command.js';
import { withHandles } from '../with-handles.js';
import { DraftPlanCommand } from './draft-plan.command.js';
import { draftPlan } from './draft-plan.js';

@CommandHandler(DraftPlanCommand)
export class DraftPlanHandler implements ICommandHandler<DraftPlanCommand> {
  constructor(@Inject(PLAN_DEPS) private readonly deps: PlanDeps) {}

  async execute({ context, planId: given, input }: DraftPlanCommand): Promise<Outcome> {
    const planId = given ?? uuidv5(context.commandId, 'bonusplan');
    const terms = await withHandles(this.deps.roster, input.terms);
    const draft = { ...input, planId, isNew: given === null, terms };
    return runPlanCommand(this.deps, { context, planId, input: draft }, draftPlan);
  }
}
