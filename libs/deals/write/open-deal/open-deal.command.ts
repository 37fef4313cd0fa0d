import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Team } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import type { OpenDeal } from './open-deal.js';

export interface OpenDealInput extends OpenDeal {
  /** Default: derived from the command id. */
  readonly dealId?: Uuid;
  /** Handle or alias of the member in charge. */
  readonly owner?: string | null;
  /** Of an owner whom the roster does not know. */
  readonly ownerTeam?: Team | null;
}

export class OpenDealCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly input: OpenDealInput,
  ) {
    super();
  }
}
