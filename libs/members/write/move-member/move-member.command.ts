import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { MoveMember } from './move-member.js';

export class MoveMemberCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    /** Or an alias. */
    readonly handle: string,
    readonly input: MoveMember,
  ) {
    super();
  }
}
