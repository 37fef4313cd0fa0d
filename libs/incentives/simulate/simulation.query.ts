import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { malformed } from '#kernel/errors.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { termsFaults } from '../plan/terms-faults.js';
import { KNOWN_BOOK, type KnownBook } from '../statements/known-book.js';
import { PLAN_DEPS, withPlanSight, type PlanDeps } from '../write/run-plan-command.js';
import { withHandles } from '../write/with-handles.js';
import { answerSimulation, type AskedSimulation, type SimulationAnswer } from './answer-simulation.js';

export class SimulationQuery extends Question<SimulationAnswer> {
  constructor(readonly asked: AskedSimulation) {
    super();
  }
}

@QueryHandler(SimulationQuery)
export class SimulationHandler implements IQueryHandler<SimulationQuery> {
  constructor(
    @Inject(READ_SIDE) private readonly side: ReadSide,
    @Inject(KNOWN_BOOK) private readonly known: KnownBook,
    @Inject(PLAN_DEPS) private readonly deps: PlanDeps,
  ) {}

  async execute({ asked }: SimulationQuery): Promise<SimulationAnswer> {
    const terms = await withHandles(this.deps.roster, asked.terms);
    // A proposal may lie in periods that are closed: nobody is paid by it.
    const faults = await withPlanSight(this.deps, Date.now(), (sight) =>
      termsFaults(terms, { ...sight, closedThrough: () => null }),
    );
    if (faults.length > 0) throw malformed('BONUS.BAD_TERMS', faults.map(({ detail }) => detail).join('; '), faults);
    return answerSimulation({ side: this.side, known: this.known }, { ...asked, terms });
  }
}
