import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { validateSync, type ValidationError } from 'class-validator';
import { malformed, type FieldError } from '#kernel/errors.js';
import { isUuid } from '#kernel/ids.js';
import { isPlain, shapeOf, type RequestClass } from './request-shape.js';

/** Bodies become instances of their request class, or a 400 that names every fault; an `id` in the path must be a UUID. */
export class RequestPipe implements PipeTransform {
  transform(value: unknown, { type, metatype, data }: ArgumentMetadata): unknown {
    if (type === 'param') return data === 'id' ? uuidInPath(value) : value;
    if (type !== 'body' || metatype === undefined || PRIMITIVES.has(metatype)) return value;
    return readRequest(metatype as RequestClass, value === undefined ? {} : value); // a body's class has no constructor parameters
  }
}

const PRIMITIVES = new Set<unknown>([Object, Array, String, Number, Boolean]);

/**
 * Judges a plain body by its request class: unknown members are refused, nothing is converted.
 * Throws `REQUEST.INVALID` with `errors`, whose pointers begin with `pointer`.
 */
export function readRequest<T extends object>(type: RequestClass<T>, body: unknown, pointer = ''): T {
  if (!isPlain(body))
    throw malformed('REQUEST.INVALID', 'the body must be a JSON object', [
      { pointer, code: 'IS_OBJECT', detail: 'must be an object' },
    ]);
  const shape = shapeOf(type);
  const faults: FieldError[] = [];
  const request = shape.fill(body, pointer, faults);
  if (faults.length === 0 && shape.holds(request)) return request;
  const errors = [...faults, ...fieldErrors(validateSync(request, { forbidUnknownValues: false }), pointer)];
  const seen = new Set(faults.map((fault) => fault.pointer));
  const distinct = [...faults, ...errors.slice(faults.length).filter((error) => !seen.has(error.pointer))].slice(
    0,
    100,
  );
  throw malformed(
    'REQUEST.INVALID',
    distinct.length === 1 ? 'one thing in the body is wrong' : `${distinct.length} things in the body are wrong`,
    distinct,
  );
}

/** class-validator's tree as a flat list with JSON pointers. */
export function fieldErrors(errors: readonly ValidationError[], pointer: string): FieldError[] {
  return errors.flatMap((error) => {
    const at = `${pointer}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const missing = error.value === undefined && error.constraints !== undefined;
    const own = missing
      ? [{ pointer: at, code: 'MISSING', detail: `${error.property} is missing` }]
      : Object.entries(error.constraints ?? {}).map(([name, detail]) => ({ pointer: at, code: snake(name), detail }));
    return [...own, ...fieldErrors(error.children ?? [], at)];
  });
}

function uuidInPath(value: unknown): string {
  const id = String(value).toLowerCase();
  if (!isUuid(id)) throw malformed('REQUEST.BAD_ID', 'an id in the path must be a UUID');
  return id;
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
