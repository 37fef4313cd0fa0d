import type { DomainError } from '#kernel/errors.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { instantOf, positionOfQuery, refuseUnknown, type Query } from './query-parameters.js';
import { asOf, pinViews, type AsOf, type ReadSide, type Warning } from './read-side.js';

export type OneAnswer<Item> = Item & { readonly asOf: AsOf; readonly warnings: readonly Warning[] };

/** One document that is folded from one stream. */
export interface OneOf<D, Item> {
  readonly processor: string;
  readonly view: string;
  readonly id: string;
  readonly stream: string;
  readonly project: (document: D | null, event: RecordedEvent, id: string) => D | null;
  readonly itemOf: (document: D) => Item;
  readonly notFound: () => DomainError;
}

/**
 * The document as it stands, or, with `knownAt`, folded from its stream up to that moment by the same `project`. Throws `notFound()`, `QUERY.*`,
 * `READ_MODEL.BEHIND`.
 */
export async function answerOne<D, Item>(
  side: ReadSide,
  query: Query,
  { processor, view, id, stream, project, itemOf, notFound }: OneOf<D, Item>,
): Promise<OneAnswer<Item>> {
  refuseUnknown(query, ['minPosition', 'knownAt']);
  const knownAt = instantOf(query, 'knownAt');
  const minPosition = positionOfQuery(query, 'minPosition');
  if (knownAt !== undefined) {
    const upTo = await side.eventStore.positionAt(knownAt);
    const history = await side.eventStore.readStream(stream, { upTo });
    const document = history.reduce<D | null>((before, event) => project(before, event, id), null);
    if (document === null) throw notFound();
    return { ...itemOf(document), asOf: await asOf(side.eventStore, upTo, knownAt), warnings: [] };
  }
  const pinned = await pinViews(side, processor, minPosition);
  const stored = await side.readStore.get<D>(processor, pinned.generation, view, id);
  if (stored === null) throw notFound();
  return { ...itemOf(stored.document), asOf: pinned.asOf, warnings: pinned.warnings };
}
