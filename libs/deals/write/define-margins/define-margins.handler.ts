import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { runDecider } from '#event-store/run-decider.js';
import { actorAt } from '#platform/roster.js';
import { MARGINS_STREAM, type MarginEvent } from '../../events/margin-events.js';
import { evolveMargins, type MarginTables } from '../../margins.js';
import { DEALS_DEPS, type DealsDeps } from '../deals-deps.js';
import { DefineMarginsCommand } from './define-margins.command.js';
import { defineMargins } from './define-margins.js';

@CommandHandler(DefineMarginsCommand)
export class DefineMarginsHandler implements ICommandHandler<DefineMarginsCommand> {
  constructor(@Inject(DEALS_DEPS) private readonly deps: DealsDeps) {}

  async execute({ context, input }: DefineMarginsCommand): Promise<Outcome> {
    const { store, roster } = this.deps;
    const actor = await actorAt(roster, context.actor, context.now);
    const role = await roster.roleAt(actor.id, context.now);
    return runDecider<MarginTables, MarginEvent>(store, {
      id: MARGINS_STREAM,
      stream: MARGINS_STREAM,
      context: { ...context, actor },
      initialState: [],
      evolve: evolveMargins,
      decide: (tables) => defineMargins({ actor, role, now: context.now, input }, tables),
    });
  }
}
