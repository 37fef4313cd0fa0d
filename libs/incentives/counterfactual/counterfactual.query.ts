import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { ROSTER, type Roster } from '#platform/roster.js';
import { withHandles } from '../write/with-handles.js';
import { KNOWN_BOOK, type KnownBook } from '../statements/known-book.js';
import { answerCounterfactual, type AskedCounterfactual, type CounterfactualAnswer } from './answer-counterfactual.js';

export class CounterfactualQuery extends Question<CounterfactualAnswer> {
  constructor(readonly asked: AskedCounterfactual) {
    super();
  }
}

@QueryHandler(CounterfactualQuery)
export class CounterfactualHandler implements IQueryHandler<CounterfactualQuery> {
  constructor(
    @Inject(READ_SIDE) private readonly side: ReadSide,
    @Inject(KNOWN_BOOK) private readonly known: KnownBook,
    @Inject(ROSTER) private readonly roster: Roster,
  ) {}

  async execute({ asked }: CounterfactualQuery): Promise<CounterfactualAnswer> {
    const { touches, owners, split } = asked.changes;
    const changes = { ...asked.changes, ...(await withHandles(this.roster, { touches, owners, split })) };
    return answerCounterfactual({ side: this.side, known: this.known }, { ...asked, changes });
  }
}
