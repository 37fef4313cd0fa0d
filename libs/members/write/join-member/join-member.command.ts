import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { JoinMember } from './join-member.js';

export class JoinMemberCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly input: JoinMember,
  ) {
    super();
  }
}
