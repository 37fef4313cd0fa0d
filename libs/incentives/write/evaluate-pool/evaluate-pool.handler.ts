import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { KNOWN_PLANS, type KnownPlans } from '../../plan/known-plans.js';
import { initialPlan } from '../../plan/plan.js';
import { poolFigure } from '../../plan/pool-figure.js';
import { PLAN_DEPS, runPlanCommand, withPlanSight, type PlanDeps } from '../run-plan-command.js';
import { EvaluatePoolCommand } from './evaluate-pool.command.js';
import { assertOver, evaluatePool, poolTermsOf } from './evaluate-pool.js';

@CommandHandler(EvaluatePoolCommand)
export class EvaluatePoolHandler implements ICommandHandler<EvaluatePoolCommand> {
  constructor(
    @Inject(PLAN_DEPS) private readonly deps: PlanDeps,
    @Inject(KNOWN_PLANS) private readonly plans: KnownPlans,
    @Inject(READ_SIDE) private readonly side: ReadSide,
  ) {}

  /** The figure is waited for before its turn, so that nobody else waits for it; the decision sees whether the plan still hangs on it. */
  async execute({ context, planId, input }: EvaluatePoolCommand): Promise<Outcome> {
    const { period } = input;
    const plan = (await this.plans.upTo()).get(planId) ?? initialPlan;
    const { pool } = poolTermsOf(plan, period);
    await withPlanSight(this.deps, context.now, (sight) => assertOver(period, sight));
    const position = await this.side.eventStore.head();
    const figure = await poolFigure(this.side, { metric: pool.metric, period, position });
    return runPlanCommand(this.deps, { context, planId, input }, (asked, sight, state) =>
      evaluatePool(asked, sight, state, figure),
    );
  }
}
