import { malformed } from '#kernel/errors.js';
import { attributeOf } from '#read-store/question.js';
import type { FindOptions, ViewSpec, Where } from '#read-store/read-store.js';
import { integerOf, positionOfQuery, refuseUnknown, valueOf, valuesOf, type Query } from './query-parameters.js';
import { pinViews, type AsOf, type ReadSide, type Warning } from './read-side.js';

/** A view that can be listed, and by which processor it is kept. */
export interface ListView extends ViewSpec {
  readonly processor: string;
  /** Where no `sort` is given, e.g. `-createdAt`. */
  readonly usualSort: string;
}

/** The answer of every list. */
export interface ListAnswer<Item> {
  readonly asOf: AsOf;
  readonly items: readonly Item[];
  /** Pass it on as `cursor` for the next page; null at the end. */
  readonly next: string | null;
  readonly warnings: readonly Warning[];
}

const MOST = 500;
const USUAL = 50;

/** The parameters that a list of this view takes, for documentation and for refusing others. */
export const listParameters = (view: ViewSpec): readonly string[] => [
  ...filtersOf(view),
  ...(view.search === undefined ? [] : ['q']),
  'sort',
  'limit',
  'cursor',
  'minPosition',
];

/** Numbers (moments) are for sorting: nobody asks for a millisecond. */
export const filtersOf = (view: ViewSpec): readonly string[] =>
  view.fields.filter((field) => field.type === 'text').map((field) => field.name);

export const sortsOf = (view: ViewSpec): readonly string[] =>
  view.fields.filter((field) => field.sortable === true).map((field) => field.name);

/**
 * A page of a view's documents: filters by field (repeated for "or", empty for no value), `q`, `sort=-createdAt`, `limit` (50, at most
 * 500), `cursor`, `minPosition` (waits until the answer includes it), and attributes by their prefix. `among`: only these ids. Throws `QUERY.*`, `READ_STORE.BAD_CURSOR` and, when waiting took
 * too long, an `unavailable`.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- D says what the view's documents are
export async function answerList<D, Item>(
  side: ReadSide,
  view: ListView,
  query: Query,
  itemOf: (document: D) => Item,
  among?: readonly string[],
): Promise<ListAnswer<Item>> {
  const attributes = Object.keys(query).filter((name) => attributeOf(view, name) !== undefined);
  refuseUnknown(query, [...listParameters(view), ...attributes]);
  const options: FindOptions = {
    ids: among,
    where: whereOf([...filtersOf(view), ...attributes], query),
    q: valueOf(query, 'q'),
    sort: sortOf(view, valueOf(query, 'sort') ?? view.usualSort),
    limit: integerOf(query, 'limit', 1, MOST) ?? USUAL,
    cursor: cursorOf(side, valueOf(query, 'cursor')),
  };
  const { generation, asOf, warnings } = await pinViews(side, view.processor, positionOfQuery(query, 'minPosition'));
  const found = await side.readStore.find<D>(view.processor, generation, view.view, options);
  return {
    asOf,
    items: found.items.map((stored) => itemOf(stored.document)),
    next: found.next === null ? null : markOf(side) + found.next,
    warnings,
  };
}

/** A cursor says which ledger's list it goes through. */
const markOf = ({ eventStore }: ReadSide): string => `${eventStore.ledgerId.slice(0, 8)}.`;

function cursorOf(side: ReadSide, text: string | undefined): string | undefined {
  if (text === undefined || !/^[0-9a-f]{8}\./.test(text)) return text;
  if (!text.startsWith(markOf(side)))
    throw malformed('QUERY.CURSOR_OF_ANOTHER_LEDGER', 'this cursor belongs to a list of another ledger');
  return text.slice(markOf(side).length);
}

function whereOf(names: readonly string[], query: Query): Where {
  const where: Record<string, (string | null)[]> = {};
  for (const name of names) {
    const values = valuesOf(query, name);
    if (values.length > 0) where[name] = values.map((value) => (value === '' ? null : value));
  }
  return where;
}

function sortOf(view: ViewSpec, text: string): { readonly field: string; readonly descending: boolean } {
  const descending = text.startsWith('-');
  const field = descending ? text.slice(1) : text;
  if (sortsOf(view).includes(field)) return { field, descending };
  throw malformed(
    'QUERY.BAD_PARAMETER',
    `sort takes one of ${sortsOf(view).join(', ')}, with "-" before it for descending`,
  );
}
