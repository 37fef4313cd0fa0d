import type { FactoryProvider } from '@nestjs/common';
import { isLearned, modelKey } from '#attribution/credit/model-version.js';
import { definedModels } from '#attribution/definitions.js';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { EventStore } from '#event-store/event-store.js';
import { runDecider } from '#event-store/run-decider.js';
import type { Instant } from '#kernel/time.js';
import { didYouMean } from '#kernel/near-match.js';
import type { Asked, Dated } from '../asked.js';
import { bonusPlanStream, type BonusPlanEvent } from '../events/bonus-plan-events.js';
import { bookSight, type PlanSight } from '../plan/plan-sight.js';
import { evolvePlan, initialPlan, type BonusPlanState } from '../plan/plan.js';
import { targetFault } from '../plan/target.js';
import { askedBy, STATEMENT_DEPS, type StatementDeps } from './run-statement-command.js';

/** What the commands on plans need from outside: the same as those on statements, and one after the other with them. */
export type PlanDeps = StatementDeps;

/** Nest injection token. */
export const PLAN_DEPS = Symbol('PlanDeps');

export const planDeps: FactoryProvider<PlanDeps> = {
  provide: PLAN_DEPS,
  inject: [STATEMENT_DEPS],
  useFactory: (deps: StatementDeps) => deps,
};

/** The way of every command on a plan to its stream: no period closes between the decision and the append. */
export async function runPlanCommand<Input extends Dated>(
  deps: PlanDeps,
  { context, planId, input }: { readonly context: CommandContext; readonly planId: string; readonly input: Input },
  decide: (asked: Asked<Input>, sight: PlanSight, plan: BonusPlanState) => readonly BonusPlanEvent[],
): Promise<Outcome> {
  const { acting, asked } = await askedBy(deps.roster, context, input);
  return deps.inTurn(() =>
    runDecider<BonusPlanState, BonusPlanEvent>(deps.store, {
      id: planId,
      stream: bonusPlanStream(planId),
      context: acting,
      initialState: initialPlan,
      evolve: evolvePlan,
      decide: (plan) => withPlanSight(deps, context.now, (sight) => decide(asked, sight, plan)),
    }),
  );
}

/** `use` looks at once, without waiting: the book that the sight is of goes on changing. */
export async function withPlanSight<Made>(
  { store, known }: Pick<PlanDeps, 'store' | 'known'>,
  now: Instant,
  use: (sight: PlanSight) => Made,
): Promise<Made> {
  const models = await ruleModels(store);
  return known.read((book) => {
    const seen = bookSight(book, now);
    return use({
      ...seen,
      modelFault: (model) =>
        models.has(model)
          ? null
          : `"${model}" is not a version of a model that weighs one lead by itself${didYouMean(model, models)}; GET /attribution/models lists them`,
      targetFault: (metric, target) => targetFault(metric, target, seen.currency),
    });
  });
}

/** Versions that weigh a path by itself: a learned model looks at all leads, so that a reward would change with strangers'. */
async function ruleModels(store: EventStore): Promise<ReadonlySet<string>> {
  const models = await definedModels(store);
  return new Set(models.filter((model) => !isLearned(model)).map(modelKey));
}
