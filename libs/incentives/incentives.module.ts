import { Module, type FactoryProvider } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '#event-store/event-store.js';
import { followKnowledge, KNOWN_RULES, type KnownRules } from './earning/follow-knowledge.js';
import { NextController } from './next/next.controller.js';
import { NextHandler } from './next/next.query.js';
import { KNOWN_PLANS, knownPlans, type KnownPlans } from './plan/known-plans.js';
import { PlansController } from './read/plans/plans.controller.js';
import { PlanHandler, PlansHandler } from './read/plans/plans.query.js';
import { SimulationController } from './simulate/simulation.controller.js';
import { SimulationHandler } from './simulate/simulation.query.js';
import { StatementsModule } from './statements.module.js';
import { AcceptPlanController } from './write/accept-plan/accept-plan.controller.js';
import { AcceptPlanHandler } from './write/accept-plan/accept-plan.handler.js';
import { DraftPlanController } from './write/draft-plan/draft-plan.controller.js';
import { DraftPlanHandler } from './write/draft-plan/draft-plan.handler.js';
import { EndPlanController } from './write/end-plan/end-plan.controller.js';
import { EndPlanHandler } from './write/end-plan/end-plan.handler.js';
import { EvaluatePoolController } from './write/evaluate-pool/evaluate-pool.controller.js';
import { EvaluatePoolHandler } from './write/evaluate-pool/evaluate-pool.handler.js';
import { planDeps } from './write/run-plan-command.js';
import { SignPlanController } from './write/sign-plan/sign-plan.controller.js';
import { SignPlanHandler } from './write/sign-plan/sign-plan.handler.js';

const plans: FactoryProvider<KnownPlans> = {
  provide: KNOWN_PLANS,
  inject: [EVENT_STORE],
  useFactory: (store: EventStore) => knownPlans(store),
};

const rules: FactoryProvider<KnownRules> = {
  provide: KNOWN_RULES,
  inject: [EVENT_STORE],
  useFactory: (store: EventStore) => followKnowledge(store),
};

/**
 * What marketing is paid by: plans, which heads sign and payees accept. The app provides EVENT_STORE, ROSTER, READ_SIDE, the buses and the
 * CommandEndpoint globally.
 */
@Module({
  imports: [StatementsModule],
  controllers: [
    DraftPlanController,
    SignPlanController,
    AcceptPlanController,
    EndPlanController,
    EvaluatePoolController,
    PlansController,
    SimulationController,
    NextController,
  ],
  providers: [
    plans,
    rules,
    planDeps,
    DraftPlanHandler,
    SignPlanHandler,
    AcceptPlanHandler,
    EndPlanHandler,
    EvaluatePoolHandler,
    PlansHandler,
    PlanHandler,
    SimulationHandler,
    NextHandler,
  ],
})
export class IncentivesModule {}
