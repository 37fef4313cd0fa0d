import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { EventStore } from '#event-store/event-store.js';
import { runDecider } from '#event-store/run-decider.js';
import type { StreamEvent } from '#kernel/decider.js';
import { refused } from '#kernel/errors.js';
import type { Instant } from '#kernel/time.js';
import {
  importStream,
  type ImportEvent,
  type ImportFinishedData,
  type ImportStartedData,
} from '../../events/import-events.js';

/** Where one import stands. */
export type ImportState = 'none' | 'started' | 'finished';

export const evolveImport = (state: ImportState, event: StreamEvent<ImportEvent>): ImportState => {
  switch (event.type) {
    case 'import.started':
      return 'started';
    case 'import.finished':
      return 'finished';
    default:
      return state;
  }
};

/** StartImport: once. */
export function startImport(data: ImportStartedData, occurredAt: Instant, state: ImportState): ImportEvent[] {
  if (state !== 'none') throw refused('IMPORT.STARTED_BEFORE', `import ${data.importId} was started before`);
  return [{ type: 'import.started', occurredAt, leadId: null, pass: null, data }];
}

/** FinishImport: once, after the start. */
export function finishImport(data: ImportFinishedData, occurredAt: Instant, state: ImportState): ImportEvent[] {
  if (state !== 'started') throw refused('IMPORT.NOT_RUNNING', `import ${data.importId} is not running`);
  return [{ type: 'import.finished', occurredAt, leadId: null, pass: null, data }];
}

export const handleStartImport = (
  store: EventStore,
  context: CommandContext,
  data: ImportStartedData,
): Promise<Outcome> => run(store, context, data.importId, (state) => startImport(data, context.now, state));

export const handleFinishImport = (
  store: EventStore,
  context: CommandContext,
  data: ImportFinishedData,
): Promise<Outcome> => run(store, context, data.importId, (state) => finishImport(data, context.now, state));

const run = (
  store: EventStore,
  context: CommandContext,
  importId: string,
  decide: (state: ImportState) => ImportEvent[],
): Promise<Outcome> =>
  runDecider<ImportState, ImportEvent>(store, {
    id: importId,
    stream: importStream(importId),
    context,
    initialState: 'none',
    evolve: evolveImport,
    decide,
  });
