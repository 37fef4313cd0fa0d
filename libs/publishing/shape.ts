import type { Json } from '#kernel/json.js';
import { moneyText, type Money, type Rate } from '#kernel/money.js';

/** The part of JSON Schema (draft 7) that public events need. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/**
 * What is public of a stored value: its schema, and a copy that holds nothing else. A value is copied member by member, so that a
 * member which is added to a stored event stays private until a shape names it.
 */
export interface Shape<Stored> {
  readonly schema: JsonSchema;
  readonly copy: (stored: Stored) => Json;
  /** The member may be absent. */
  readonly isOptional?: true;
}

/** A member that is never published; `reason` is shown in the catalogue. */
export interface Withheld {
  readonly withheld: string;
}

export const withheld = (reason: string): Withheld => ({ withheld: reason });
export const personal: Withheld = withheld('personal');

const plain = <Stored extends Json>(schema: JsonSchema): Shape<Stored> => ({ schema, copy: (stored) => stored });

export const text: Shape<string> = plain({ type: 'string' });
export const whole: Shape<number> = plain({ type: 'integer' });
export const flag: Shape<boolean> = plain({ type: 'boolean' });
/** `2026-03-01` */
export const day: Shape<string> = plain({ type: 'string', format: 'date' });
export const id: Shape<string> = plain({ type: 'string', format: 'uuid' });

export const oneOf = <Choice extends string>(choices: readonly Choice[]): Shape<Choice> =>
  plain({ type: 'string', enum: choices });

export const orNull = <Stored>({ schema, copy }: Shape<Stored>): Shape<Stored | null> => ({
  schema: nullable(schema),
  copy: (stored) => (stored === null ? null : copy(stored)),
});

export const optional = <Stored>({ schema, copy }: Shape<Stored>): Shape<Stored | undefined> => ({
  schema,
  copy: (stored) => (stored === undefined ? null : copy(stored)),
  isOptional: true,
});

export const list = <Stored>(item: Shape<Stored>): Shape<readonly Stored[]> => ({
  schema: { type: 'array', items: item.schema },
  copy: (stored) => stored.map(item.copy),
});

/** Any names, each with a value of this shape. */
export const mapOf = <Stored>(value: Shape<Stored>): Shape<Readonly<Record<string, Stored>>> => ({
  schema: { type: 'object', additionalProperties: value.schema },
  copy: (stored) => Object.fromEntries(Object.entries(stored).map(([name, member]) => [name, value.copy(member)])),
});

/** The members named, and no other. */
export function record<Stored extends object>(members: {
  readonly [Name in keyof Stored]-?: Shape<Stored[Name]> | Withheld;
}): Shape<Stored> {
  const shapes = publicMembers(members);
  return {
    schema: objectSchema(shapes),
    copy: (stored) => copyMembers(stored, shapes),
  };
}

/** A decimal string with the currency's number of digits, and an ISO 4217 code. */
export const money: Shape<Money> = {
  schema: {
    type: 'object',
    required: ['amount', 'currency'],
    properties: { amount: { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$' }, currency: { type: 'string' } },
  },
  copy: (stored) => ({ ...moneyText(stored) }),
};

/** What one unit of an amount's currency was worth. */
export const rate: Shape<Rate> = record<Rate>({ to: text, value: text, source: orNull(text), on: orNull(day) });

type AnyShape = Shape<never>;
export type Members = readonly (readonly [name: string, shape: AnyShape])[];

export function publicMembers(members: Readonly<Record<string, AnyShape | Withheld>>): Members {
  return Object.entries(members).filter((entry): entry is [string, AnyShape] => !('withheld' in entry[1]));
}

export function objectSchema(shapes: Members): JsonSchema {
  return {
    type: 'object',
    required: shapes.filter(([, shape]) => shape.isOptional !== true).map(([name]) => name),
    properties: Object.fromEntries(shapes.map(([name, { schema }]) => [name, schema])),
  };
}

export function copyMembers(stored: object, shapes: Members): Record<string, Json> {
  const copy: Record<string, Json> = {};
  for (const [name, shape] of shapes) {
    const member: unknown = Reflect.get(stored, name);
    if (shape.isOptional === true && member === undefined) continue;
    // Whoever wrote the shapes had them checked against the stored type.
    copy[name] = shape.copy(member as never);
  }
  return copy;
}

function nullable({ type, enum: choices, ...schema }: JsonSchema): JsonSchema {
  const withNull = choices === undefined ? {} : { enum: [...(choices as readonly unknown[]), null] }; // as `oneOf` made it
  return { ...schema, type: [type, 'null'], ...withNull };
}
