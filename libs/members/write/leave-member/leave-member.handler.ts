import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { MEMBERS_DEPS, type MembersDeps, runMemberCommand } from '../run-member-command.js';
import { LeaveMemberCommand } from './leave-member.command.js';
import { leaveMember } from './leave-member.js';

export async function handleLeaveMember(
  deps: MembersDeps,
  { context, handle, input }: Pick<LeaveMemberCommand, 'context' | 'handle' | 'input'>,
): Promise<Outcome> {
  const asked = { now: context.now, input };
  return runMemberCommand(deps, context, await deps.roster.resolve(handle), (member) => leaveMember(asked, member));
}

@CommandHandler(LeaveMemberCommand)
export class LeaveMemberHandler implements ICommandHandler<LeaveMemberCommand> {
  constructor(@Inject(MEMBERS_DEPS) private readonly deps: MembersDeps) {}

  execute(command: LeaveMemberCommand): Promise<Outcome> {
    return handleLeaveMember(this.deps, command);
  }
}
