import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { DomainError } from '#kernel/errors.js';
import { orRefusal } from '#platform/http/command-list.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runAllOnLead, runOnLead, type LeadCommand } from '../../run-on-lead.js';
import { RecordTouchCommand } from './record-touch.command.js';
import { touchFacts, type TouchInput } from '../../touch-facts.js';
import { recordTouch } from './record-touch.js';

@CommandHandler(RecordTouchCommand)
export class RecordTouchHandler implements ICommandHandler<RecordTouchCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: RecordTouchCommand): Promise<Outcome> {
    return handleRecordTouch(this.deps, command);
  }
}

export async function handleRecordTouch(deps: LeadsDeps, command: LeadCommand<TouchInput>): Promise<Outcome> {
  const input = await touchFacts(deps, command.context, command.input);
  return runOnLead(deps, { ...command, input }, recordTouch);
}

/** Several touches of one lead, in order, in one append; each has an answer of its own, which may be a refusal. */
export async function handleTouchesOfLead(
  deps: LeadsDeps,
  commands: readonly LeadCommand<TouchInput>[],
): Promise<readonly (Outcome | DomainError)[]> {
  const facts = await Promise.all(
    commands.map(({ context, input }) => orRefusal(() => touchFacts(deps, context, input))),
  );
  const [first, ...others] = commands.flatMap((command, place) => {
    const input = facts[place];
    return input === undefined || input instanceof DomainError ? [] : [{ ...command, input }];
  });
  const answers = first === undefined ? [] : await runAllOnLead(deps, [first, ...others], recordTouch);
  const next = answers.values();
  return facts.flatMap((input) => (input instanceof DomainError ? input : (next.next().value ?? [])));
}
