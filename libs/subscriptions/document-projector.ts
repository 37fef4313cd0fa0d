import type { RecordedEvent } from '#kernel/envelope.js';
import type { Json } from '#kernel/json.js';
import type { ProcessorSpec, Write } from '#read-store/read-store.js';
import { documentCache, type CachedDocument, type DocumentCache } from './document-cache.js';
import type { DocumentView, LaneContext, LaneProjector, Processor } from './processor.js';

export interface DocumentProcessorOptions {
  /** Documents of each view that a lane keeps in memory, besides those not written yet. */
  readonly cached?: number;
  readonly reaction?: DocumentReaction;
}

/** What a processor does besides, before a page is folded: after a crash the page comes again, so doing it twice must do no harm. */
export interface DocumentReaction {
  /** Event types that it asks for beside those of the views. */
  readonly types: readonly string[];
  react(events: readonly RecordedEvent[], documents: ReachedDocuments): Promise<void>;
}

/** Documents of a view as they are before the page, each with the position it has reached (null: there never was one). */
export type ReachedDocuments = (
  view: string,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, Pick<CachedDocument, 'document' | 'at'>>>;

/**
 * A processor of views whose documents are each folded from their own events. A document remembers the position that it has reached
 * and skips events at or below it, so an event counts once however often it is read.
 */
export function documentProcessor(
  spec: ProcessorSpec,
  // any: views of different documents stand side by side; each gets back only what it made itself
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  views: readonly DocumentView<any>[],
  options: DocumentProcessorOptions = {},
): Processor {
  return {
    spec,
    types: new Set([...views.flatMap((view) => view.types), ...(options.reaction?.types ?? [])]),
    open: async (context) => openDocuments(spec, views, context, options),
  };
}

interface OpenView {
  readonly definition: DocumentView<unknown>;
  readonly types: ReadonlySet<string>;
  readonly cache: DocumentCache;
}

function openDocuments(
  spec: ProcessorSpec,
  definitions: readonly DocumentView<unknown>[],
  { store, generation }: LaneContext,
  { cached = 15_000, reaction }: DocumentProcessorOptions,
): LaneProjector {
  const views = definitions.map((definition): OpenView => {
    return { definition, types: new Set(definition.types), cache: documentCache(cached) };
  });
  const viewsOf = new Map<string, readonly OpenView[]>();
  for (const type of new Set(definitions.flatMap((view) => view.types))) {
    const interested = views.filter((view) => view.types.has(type));
    viewsOf.set(type, interested);
  }

  /**
   * A batch torn before its checkpoint may have left documents even of events that begin them. The first batch after opening looks for them;
   * where a later one meets some, it is lost, and the projector is opened again: every opening brings the lane on.
   */
  let mayBeAhead = true;

  async function load(view: OpenView, events: readonly RecordedEvent[]): Promise<void> {
    view.cache.makeRoom();
    await loadMissing(view, missingIds(view, events, mayBeAhead));
  }

  async function loadMissing({ definition, cache }: OpenView, missing: Set<string>): Promise<void> {
    if (missing.size === 0) return;
    const wanted = [...missing];
    for (const { id, at, document } of await store.getMany(spec.processor, generation, definition.view, wanted, {
      tombstones: true,
    })) {
      cache.put({ id, document, at, read: at, dirty: false });
      missing.delete(id);
    }
    for (const id of missing) cache.put({ id, document: null, at: null, read: null, dirty: false });
  }

  const reached: ReachedDocuments = async (name, ids) => {
    const view = views.find(({ definition }) => definition.view === name);
    if (view === undefined) throw new Error(`${spec.processor} has no view ${name}`);
    await loadMissing(view, new Set(ids.filter((id) => view.cache.get(id) === undefined)));
    return new Map(ids.map((id) => [id, view.cache.get(id) ?? { document: null, at: null }]));
  };

  return {
    async prepare(events) {
      for (const view of views) await load(view, events);
      await reaction?.react(events, reached);
    },

    project(event) {
      // All of the event's documents are folded before the first of them is kept: a poisoned event changes nothing.
      const changes: Change[] = [];
      for (const view of viewsOf.get(event.type) ?? []) {
        for (const id of view.definition.idsOf(event)) fold(view, event, id, changes);
      }
      for (const { cache, cached, document } of changes) cache.change(cached, document, event.position);
    },

    get dirty() {
      let dirty = 0;
      for (const { cache } of views) dirty += cache.dirty;
      return dirty;
    },

    writes() {
      mayBeAhead = false;
      return views.flatMap(({ definition, cache }) => cache.takeDirty((one) => writeOf(definition.view, one)));
    },
  };
}

/** What has to be looked for. Documents that cannot be there yet begin empty. */
function missingIds(
  { definition, types, cache }: OpenView,
  events: readonly RecordedEvent[],
  mayBeAhead: boolean,
): Set<string> {
  const missing = new Set<string>();
  for (const event of events) {
    if (!types.has(event.type)) continue;
    const isNew = !mayBeAhead && definition.begins?.(event) === true;
    for (const id of idsOf(definition, event)) {
      if (cache.get(id) !== undefined) continue;
      if (isNew) cache.put({ id, document: null, at: null, read: null, dirty: false });
      else missing.add(id);
    }
  }
  return missing;
}

/** An event that cannot be read loads nothing here; `project` then throws at it, in its order. */
function idsOf(definition: DocumentView<unknown>, event: RecordedEvent): readonly string[] {
  try {
    return definition.idsOf(event);
  } catch {
    return [];
  }
}

interface Change {
  readonly cache: DocumentCache;
  readonly cached: CachedDocument;
  readonly document: unknown;
}

function fold({ definition, cache }: OpenView, event: RecordedEvent, id: string, changes: Change[]): void {
  const cached = cache.get(id);
  if (cached === undefined) throw new Error(`${definition.view} ${id} was not prepared`);
  if (cached.at !== null && event.position <= cached.at) return;
  const document = definition.project(cached.document, event, id);
  if (document !== cached.document) changes.push({ cache, cached, document });
}

function writeOf(view: string, { id, read, at, document }: CachedDocument): Write {
  if (at === null) throw new Error(`${view} ${id} has no position`);
  // A view's documents are plain JSON; D only names their shape.
  return { view, id, read, at, document: document as Json };
}
