import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { LeaveMember } from './leave-member.js';

export class LeaveMemberCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    /** Or an alias. */
    readonly handle: string,
    readonly input: LeaveMember,
  ) {
    super();
  }
}
