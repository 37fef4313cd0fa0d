import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { answerEach } from '#platform/http/command-list.js';
import { daysOf } from '../../plan/bonus-period.js';
import { statementsOf } from '../../statements/statements-of.js';
import { draftStatement } from '../draft-statement/draft-statement.js';
import { runStatementCommand, STATEMENT_DEPS, type StatementDeps } from '../run-statement-command.js';
import { DraftPeriodCommand, type DraftOf } from './draft-period.command.js';

@CommandHandler(DraftPeriodCommand)
export class DraftPeriodHandler implements ICommandHandler<DraftPeriodCommand> {
  constructor(@Inject(STATEMENT_DEPS) private readonly deps: StatementDeps) {}

  /** Who is approved already is left out. */
  async execute({ context, of: { planId, period } }: DraftPeriodCommand): Promise<readonly DraftOf[]> {
    daysOf(period); // what is no period has no statements
    await this.deps.judged();
    const members = await this.deps.known.read((book) =>
      statementsOf(book, { planId, period })
        .filter(({ status }) => status === 'open' || status === 'drafted')
        .map(({ member }) => member),
    );
    const answers = await answerEach(
      context,
      members,
      (member) => member,
      (own, member) =>
        runStatementCommand(this.deps, { context: own, key: { planId, member, period }, input: {} }, draftStatement),
    );
    return members.flatMap((member, index) => {
      const answer = answers[index];
      return answer === undefined ? [] : [{ member, answer }];
    });
  }
}
