import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { EVENT_STORE, type EventStore } from '#event-store/event-store.js';
import { runDecider } from '#event-store/run-decider.js';
import { ROSTER, type Roster } from '#platform/roster.js';
import { evolveCodeList, initialCodeList, type CodeListState } from '../../code-list.js';
import { codeListStream, type CodeListEvent } from '../../events/code-list-events.js';
import { DefineCodeListCommand } from './define-code-list.command.js';
import { defineCodeList } from './define-code-list.js';

@CommandHandler(DefineCodeListCommand)
export class DefineCodeListHandler implements ICommandHandler<DefineCodeListCommand> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(ROSTER) private readonly roster: Roster,
  ) {}

  async execute({ context, list, input }: DefineCodeListCommand): Promise<Outcome> {
    const role = await this.roster.roleAt(context.actor.id, context.now);
    return runDecider<CodeListState, CodeListEvent>(this.store, {
      id: list,
      stream: codeListStream(list),
      context,
      initialState: initialCodeList(list),
      evolve: evolveCodeList,
      decide: (state) => defineCodeList({ name: list, role, now: context.now, input }, state),
    });
  }
}
