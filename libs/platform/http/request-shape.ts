import 'reflect-metadata';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, type ValidatorConstraintInterface } from 'class-validator';
import type { FieldError } from '#kernel/errors.js';

export type RequestClass<T extends object = object> = new () => T;

/**
 * What class-validator's decorators on a request class say, compiled once: looking the metadata up on every call is what makes
 * `class-validator` and `class-transformer` slow (docs/performance.md). `holds` only says yes or no; the words come from
 * class-validator itself, and a property test keeps the two of one mind.
 */
export interface RequestShape<T extends object = object> {
  /** An instance with the known members of a plain body, as they are (nothing is converted); unknown members are reported. */
  fill(body: Readonly<Record<string, unknown>>, pointer: string, faults: FieldError[]): T;
  holds(request: T): boolean;
}

export function shapeOf<T extends object>(type: RequestClass<T>): RequestShape<T> {
  const known = SHAPES.get(type);
  if (known !== undefined) return known as RequestShape<T>; // kept under its own class
  let properties: ReadonlyMap<string, Property> | null = null;
  const compiled = (): ReadonlyMap<string, Property> => (properties ??= propertiesOf(type));
  const shape: RequestShape<T> = {
    fill: (body, pointer, faults) => fill(type, compiled(), body, pointer, faults),
    holds: (request) => holds(compiled(), request),
  };
  SHAPES.set(type, shape); // read back above under the same class
  return shape;
}

const SHAPES = new Map<RequestClass, RequestShape>();

type Check = (value: unknown, object: object) => boolean;

interface Property {
  /** False leaves the property unchecked (`@IsOptional`, `@ValidateIf`). */
  readonly applies: readonly ((object: object, value: unknown) => boolean)[];
  readonly checks: readonly Check[];
  readonly nested: { readonly shape: RequestShape; readonly list: boolean } | null;
}

function fill<T extends object>(
  type: RequestClass<T>,
  properties: ReadonlyMap<string, Property>,
  body: Readonly<Record<string, unknown>>,
  pointer: string,
  faults: FieldError[],
): T {
  const request = new type() as T & Record<string, unknown>; // its members are about to be assigned
  for (const name of Object.keys(body)) {
    const property = properties.get(name);
    const at = `${pointer}/${escapePointer(name)}`;
    if (property === undefined)
      faults.push({
        pointer: at,
        code: 'UNKNOWN_PROPERTY',
        detail: `there is no property "${name.slice(0, 64)}" here`,
      });
    else
      (request as Record<string, unknown>)[name] =
        property.nested === null ? body[name] : fillNested(property.nested, body[name], at, faults);
  }
  return request;
}

function fillNested(
  nested: NonNullable<Property['nested']>,
  value: unknown,
  pointer: string,
  faults: FieldError[],
): unknown {
  if (value === null || value === undefined) return value;
  if (!nested.list) {
    if (isPlain(value)) return nested.shape.fill(value, pointer, faults);
    faults.push({ pointer, code: 'IS_OBJECT', detail: 'must be an object' });
    return undefined;
  }
  if (Array.isArray(value))
    return value.map((item: unknown, index) =>
      fillNested({ ...nested, list: false }, item ?? '', `${pointer}/${index}`, faults),
    );
  faults.push({ pointer, code: 'IS_ARRAY', detail: 'must be a list' });
  return undefined;
}

function holds(properties: ReadonlyMap<string, Property>, request: object): boolean {
  for (const [name, property] of properties) {
    const value = (request as Readonly<Record<string, unknown>>)[name]; // a property of its class
    if (!property.applies.every((applies) => applies(request, value))) continue;
    for (const check of property.checks) if (!check(value, request)) return false;
    if (property.nested === null || value === undefined) continue;
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const item of items)
      if (typeof item !== 'object' || item === null || !property.nested.shape.holds(item)) return false;
  }
  return true;
}

function propertiesOf(type: RequestClass): ReadonlyMap<string, Property> {
  const storage = getMetadataStorage();
  const byName = storage.groupByPropertyName(storage.getTargetValidationMetadatas(type, '', false, false));
  return new Map(
    Object.entries(byName).map(([name, metadatas]): [string, Property] => {
      const applies: Property['applies'][number][] = [];
      const checks: Check[] = [];
      let nested: Property['nested'] = null;
      for (const metadata of metadatas) {
        if (metadata.type === 'conditionalValidation') {
          applies.push(metadata.constraints[0] as Property['applies'][number]); // where @IsOptional and @ValidateIf keep their condition
        } else if (metadata.type === 'nestedValidation') {
          // class-validator itself would let a list pass where one object is meant.
          nested = nestedOf(type, name, metadata.each || metadatas.some((other) => other.name === 'isArray'));
        } else if (metadata.type === 'customValidation' || metadata.type === 'isDefined') {
          for (const { instance } of storage.getTargetValidatorConstraints(metadata.constraintCls)) {
            checks.push(checkOf(instance, metadata, type.name));
          }
        }
      }
      return [name, { applies, checks, nested }];
    }),
  );
}

interface CheckMetadata {
  readonly propertyName: string;
  readonly constraints: unknown[];
  readonly each: boolean;
  readonly validateIf?: (object: object, value: unknown) => boolean;
}

function checkOf(constraint: ValidatorConstraintInterface, metadata: CheckMetadata, targetName: string): Check {
  const { propertyName: property, constraints, each, validateIf } = metadata;
  const one: Check = (value, object) =>
    constraint.validate(value, { targetName, property, object, value, constraints }) === true;
  const all: Check = each
    ? (value, object) => (Array.isArray(value) ? value.every((item) => one(item, object)) : one(value, object))
    : one;
  return validateIf === undefined ? all : (value, object) => !validateIf(object, value) || all(value, object);
}

function nestedOf(type: RequestClass, name: string, list: boolean): Property['nested'] {
  // class-transformer's types promise metadata; at run time it is undefined without @Type.
  const metadata = defaultMetadataStorage.findTypeMetadata(type, name);
  if (metadata === undefined) throw new Error(`${type.name}.${name} has @ValidateNested and needs @Type`);
  return { shape: shapeOf(metadata.typeFunction() as RequestClass), list }; // @Type names a class
}

export const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const escapePointer = (name: string): string => name.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1');
