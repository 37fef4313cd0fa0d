import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { ROSTER, type Roster } from '#platform/roster.js';
import { KNOWN_BOOK, type KnownBook } from '../statements/known-book.js';
import { answerCounterfactual, type AskedCounterfactual, type CounterfactualAnswer } from './answer-counterfactual.js';
import type { Changes } from './changes.js';

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
    const changes = await this.byHandle(asked.changes);
    return answerCounterfactual({ side: this.side, known: this.known }, { ...asked, changes });
  }

  private async byHandle(changes: Changes): Promise<Changes> {
    const handle = (name: string): Promise<string> => this.roster.resolve(name);
    const { touches, owners, split } = changes;
    return {
      ...changes,
      touches: await Promise.all(
        touches.map(async (touch) => ({ ...touch, member: touch.member === null ? null : await handle(touch.member) })),
      ),
      owners: await Promise.all(
        owners.map(async (one) => ({ ...one, owners: await Promise.all(one.owners.map(handle)) })),
      ),
      split:
        split?.kind === 'fixed'
          ? {
              ...split,
              shares: await Promise.all(
                split.shares.map(async (share) => ({ ...share, member: await handle(share.member) })),
              ),
            }
          : split,
    };
  }
}
