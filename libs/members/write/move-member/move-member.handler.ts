import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { holdersOf, MEMBERS_DEPS, type MembersDeps, runMemberCommand } from '../run-member-command.js';
import { MoveMemberCommand } from './move-member.command.js';
import { moveMember } from './move-member.js';

export async function handleMoveMember(
  deps: MembersDeps,
  { context, handle, input }: Pick<MoveMemberCommand, 'context' | 'handle' | 'input'>,
): Promise<Outcome> {
  return runMemberCommand(deps, context, await deps.roster.resolve(handle), async (member) => {
    const holders = await holdersOf(deps.roster, input.aliases ?? []);
    return moveMember({ now: context.now, input }, member, holders);
  });
}

@CommandHandler(MoveMemberCommand)
export class MoveMemberHandler implements ICommandHandler<MoveMemberCommand> {
  constructor(@Inject(MEMBERS_DEPS) private readonly deps: MembersDeps) {}

  execute(command: MoveMemberCommand): Promise<Outcome> {
    return handleMoveMember(this.deps, command);
  }
}
