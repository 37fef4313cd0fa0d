import type { Collection, Filter, Sort } from 'mongodb';
import { conditionsOf, questionOf, type Condition, type Part, type Question } from '../question.js';
import type { FindOptions, Found, ViewSpec, Where } from '../read-store.js';
import { asking } from './connection.js';
import { attributeEntry, fieldPath, idOf, keyOf, storedFrom, type MongoDocument } from './document.js';

type Wanted = Filter<MongoDocument>;

/** Milliseconds after which the server gives a question up. */
const ANSWER_MS = 20_000;

/** A page of live documents. */
export async function findPage<D>(
  collection: Collection<MongoDocument>,
  view: ViewSpec,
  options: FindOptions,
): Promise<Found<D>> {
  const question = questionOf(view, options);
  const { limit, sort, descending } = question;
  const field = sort === null ? null : fieldPath(sort.name);
  const direction = descending ? -1 : 1;
  const documents: MongoDocument[] = [];
  for (const { wanted, isByField } of walksOf(view, question)) {
    if (documents.length > limit) break;
    const order: Sort = isByField && field !== null ? { [field]: direction, _id: direction } : { _id: direction };
    const filter: Wanted = {
      $and: [{ v: view.view }, ...filtersOf(question.conditions, question.words), ...among(view, question), ...wanted],
    };
    const most = limit + 1 - documents.length;
    const found = await asking(() =>
      collection
        .find(filter, { projection: { s: 0 }, maxTimeMS: ANSWER_MS, batchSize: most + 1 })
        .sort(order)
        .limit(most)
        .toArray(),
    );
    documents.push(...found);
  }
  const items = documents.slice(0, limit).map((document) => storedFrom<D>(view.view, document));
  const last = documents[limit - 1];
  if (documents.length <= limit || last === undefined) return { items, next: null };
  const value = field === null ? null : (last.f?.[field.slice(2)] ?? null);
  return { items, next: question.cursorAt({ value, id: idOf(view.view, last._id) }) };
}

export const countLive = (collection: Collection<MongoDocument>, view: ViewSpec, where: Where): Promise<number> =>
  asking(() =>
    collection.countDocuments(
      { $and: [{ v: view.view }, ...filtersOf(conditionsOf(view, where), [])] },
      { maxTimeMS: ANSWER_MS },
    ),
  );

function filtersOf(conditions: readonly Condition[], words: readonly string[]): Wanted[] {
  return [
    ...conditions.map(({ field, attribute, values, orMissing }): Wanted => {
      if (attribute === undefined)
        return { [fieldPath(field.name)]: { $in: orMissing ? [...values, null] : [...values] } };
      const either: Wanted[] = [{ a: { $in: values.map((value) => attributeEntry(attribute, String(value))) } }];
      if (orMissing) either.push({ a: { $not: { $regex: `^${attributeEntry(attribute, '')}` } } });
      return { $or: either };
    }),
    ...words.map((word): Wanted => ({ s: { $regex: literally(word) } })),
  ];
}

const among = ({ view }: ViewSpec, { ids }: Question): Wanted[] =>
  ids === null ? [] : [{ _id: { $in: ids.map((id) => keyOf(view, id)) } }];

/** As a regular expression; a NUL would end it. */
const literally = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll('\0', '\\x00');

interface Walk {
  readonly wanted: readonly Wanted[];
  readonly isByField: boolean;
}

/** Stretches of an index that make up the page, one after the other: those that share the last value seen, then those beyond it. */
function walksOf(view: ViewSpec, { sort, parts, after, descending }: Question): Walk[] {
  const beyond = descending ? '$lt' : '$gt';
  const afterId = (id: string): Wanted => ({ _id: { [beyond]: keyOf(view.view, id) } });
  return parts.flatMap((part: Part, index): Walk[] => {
    const start = index === 0 ? after : null;
    const field = sort === null ? '' : fieldPath(sort.name);
    if (part === 'all') return [{ wanted: start === null ? [] : [afterId(start.id)], isByField: false }];
    if (part === 'missing') {
      return [{ wanted: [{ [field]: null }, ...(start === null ? [] : [afterId(start.id)])], isByField: false }];
    }
    // Of the field's own type, so that it is a range of the index.
    if (start === null) {
      return [{ wanted: [{ [field]: { $gte: sort?.type === 'number' ? -Infinity : '' } }], isByField: true }];
    }
    return [
      { wanted: [{ [field]: start.value }, afterId(start.id)], isByField: false },
      { wanted: [{ [field]: { [beyond]: start.value } }], isByField: true },
    ];
  });
}
