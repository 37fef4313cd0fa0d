import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { holdersOf, MEMBERS_DEPS, type MembersDeps, runMemberCommand } from '../run-member-command.js';
import { JoinMemberCommand } from './join-member.command.js';
import { joinMember } from './join-member.js';

export async function handleJoinMember(
  deps: MembersDeps,
  { context, input }: Pick<JoinMemberCommand, 'context' | 'input'>,
): Promise<Outcome> {
  return runMemberCommand(deps, context, input.handle, async (member) => {
    const holders = await holdersOf(deps.roster, [input.handle, ...(input.aliases ?? [])]);
    return joinMember({ now: context.now, input }, member, holders);
  });
}

@CommandHandler(JoinMemberCommand)
export class JoinMemberHandler implements ICommandHandler<JoinMemberCommand> {
  constructor(@Inject(MEMBERS_DEPS) private readonly deps: MembersDeps) {}

  execute(command: JoinMemberCommand): Promise<Outcome> {
    return handleJoinMember(this.deps, command);
  }
}
