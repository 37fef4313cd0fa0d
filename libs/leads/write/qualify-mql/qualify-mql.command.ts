import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { QualifyMqlInput } from './qualify-mql.js';

export class QualifyMqlCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly leadId: Uuid,
    readonly input: QualifyMqlInput,
  ) {
    super();
  }
}
