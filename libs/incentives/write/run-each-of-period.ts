import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { DomainError } from '#kernel/errors.js';
import { answerEach } from '#platform/http/command-list.js';
import type { Dated } from '../asked.js';
import type { StatementKey } from '../events/statement-events.js';
import { daysOf } from '../plan/bonus-period.js';
import type { Statement } from '../statements/statement.js';
import { statementsOf } from '../statements/statements-of.js';
import { runStatementCommand, type Decide, type StatementDeps } from './run-statement-command.js';

/** Everybody's statement of a plan's period. */
export type PlanPeriod = Omit<StatementKey, 'member'>;

/** One answer a member, in order of the handles. */
export interface MemberAnswer {
  readonly member: string;
  readonly answer: Outcome | DomainError;
}

/** One command for everybody whose statement of the period is of the wanted kind; each is judged alone. */
export async function runEachOfPeriod<Input extends Dated>(
  deps: StatementDeps,
  { context, of, input }: { readonly context: CommandContext; readonly of: PlanPeriod; readonly input: Input },
  isWanted: (statement: Statement) => boolean,
  decide: Decide<Input>,
): Promise<readonly MemberAnswer[]> {
  daysOf(of.period); // what is no period has no statements
  await deps.judged();
  const members = await deps.known.read((book) =>
    statementsOf(book, of)
      .filter(isWanted)
      .map(({ member }) => member),
  );
  const answers = await answerEach(
    context,
    members,
    (member) => member,
    (own, member) => runStatementCommand(deps, { context: own, key: { ...of, member }, input }, decide),
  );
  return members.flatMap((member, index) => {
    const answer = answers[index];
    return answer === undefined ? [] : [{ member, answer }];
  });
}
