import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { KNOWN_BOOK, type KnownBook } from '../statements/known-book.js';
import { answerAccruals, type AccrualsAnswer } from './accruals/answer-accruals.js';
import { answerDisputes, type DisputesAnswer } from './disputes/answer-disputes.js';
import { answerStatements, type StatementsAnswer } from './statements/answer-statements.js';

export class StatementsQuery extends Question<StatementsAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

export class AccrualsQuery extends Question<AccrualsAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

export class DisputesQuery extends Question<DisputesAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(StatementsQuery)
export class StatementsHandler implements IQueryHandler<StatementsQuery> {
  constructor(
    @Inject(READ_SIDE) private readonly side: ReadSide,
    @Inject(KNOWN_BOOK) private readonly known: KnownBook,
  ) {}

  execute({ query }: StatementsQuery): Promise<StatementsAnswer> {
    return answerStatements({ side: this.side, known: this.known }, query);
  }
}

@QueryHandler(AccrualsQuery)
export class AccrualsHandler implements IQueryHandler<AccrualsQuery> {
  constructor(
    @Inject(READ_SIDE) private readonly side: ReadSide,
    @Inject(KNOWN_BOOK) private readonly known: KnownBook,
  ) {}

  execute({ query }: AccrualsQuery): Promise<AccrualsAnswer> {
    return answerAccruals({ side: this.side, known: this.known }, query);
  }
}

@QueryHandler(DisputesQuery)
export class DisputesHandler implements IQueryHandler<DisputesQuery> {
  constructor(
    @Inject(READ_SIDE) private readonly side: ReadSide,
    @Inject(KNOWN_BOOK) private readonly known: KnownBook,
  ) {}

  execute({ query }: DisputesQuery): Promise<DisputesAnswer> {
    return answerDisputes({ side: this.side, known: this.known }, query);
  }
}
