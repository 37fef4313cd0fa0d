import { streamEvent } from '#event-store/run-decider.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { DocumentView } from '#subscriptions/processor.js';
import type { ImportEvent, ImportFinishedData, ImportStartedData } from '../../events/import-events.js';

/** One import: a batch that can be listed. */
export interface ImportDocument extends Omit<ImportStartedData, 'importId'> {
  readonly id: string;
  readonly startedAt: Instant;
  /** null: still running, or it was killed. */
  readonly finishedAt: Instant | null;
  /** null until it has finished. */
  readonly result: Omit<ImportFinishedData, 'importId'> | null;
}

export const IMPORT_VIEW: DocumentView<ImportDocument> = {
  view: 'import',
  types: ['import.started', 'import.finished'] satisfies ImportEvent['type'][],
  idsOf: (event) => [event.stream.slice('import-'.length)],
  project: projectImport,
};

/** The import after an event of its stream. Started once more (the same file again), its result is open again. */
export function projectImport(
  document: ImportDocument | null,
  recorded: RecordedEvent,
  id: string,
): ImportDocument | null {
  const event = streamEvent<ImportEvent>(recorded);
  switch (event.type) {
    case 'import.started': {
      const { importId: _id, ...given } = event.data;
      return { ...given, id, startedAt: event.occurredAt, finishedAt: null, result: null };
    }
    case 'import.finished': {
      const { importId: _id, ...result } = event.data;
      return document === null ? null : { ...document, finishedAt: event.occurredAt, result };
    }
    default:
      return document;
  }
}
