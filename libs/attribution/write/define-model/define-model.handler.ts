import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { EVENT_STORE, type EventStore } from '#event-store/event-store.js';
import { runDecider } from '#event-store/run-decider.js';
import { ROSTER, type Roster } from '#platform/roster.js';
import { DEFINITIONS_STREAM, type AttributionEvent, type ModelDefinedData } from '../../events/attribution-events.js';
import { DefineModelCommand } from './define-model.command.js';
import { defineModel } from './define-model.js';

/** The actor's team is the roster's at the moment it occurred. */
export async function handleDefineModel(
  store: EventStore,
  roster: Roster,
  { context: given, input }: Pick<DefineModelCommand, 'context' | 'input'>,
): Promise<Outcome> {
  const team = await roster.teamAt(given.actor.id, input.occurredAt ?? given.now);
  const context = team === null ? given : { ...given, actor: { id: given.actor.id, team } };
  return runDecider<readonly ModelDefinedData[], AttributionEvent>(store, {
    id: input.model,
    stream: DEFINITIONS_STREAM,
    context,
    initialState: [],
    evolve: (defined, event) => [...defined, event.data],
    decide: (defined) => defineModel({ actor: context.actor, now: context.now, input }, defined),
  });
}

@CommandHandler(DefineModelCommand)
export class DefineModelHandler implements ICommandHandler<DefineModelCommand> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(ROSTER) private readonly roster: Roster,
  ) {}

  execute(command: DefineModelCommand): Promise<Outcome> {
    return handleDefineModel(this.store, this.roster, command);
  }
}
