/** The named dimensions, in the order of a tuple's values. Others (`dimension.<name>` of an import) stand in `custom`. */
export const DIMENSIONS = [
  'channel',
  'campaign',
  'content',
  'source',
  'owner',
  'team',
  'segment',
  'country',
  'product',
  'stage',
  'dealKind',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export type Custom = Readonly<Record<string, string>>;

/** All dimensions of one fact. A lead's and a deal's tuples are made once and shared by their facts, so that comparing is mostly `===`. */
export interface Dims {
  /** In the order of `DIMENSIONS`; null: no value. */
  readonly values: readonly (string | null)[];
  /** By name, in order of names; null where there are none. */
  readonly custom: readonly (readonly [name: string, value: string])[] | null;
}

export function sameDims(a: Dims, b: Dims): boolean {
  if (a === b) return true;
  for (let i = 0; i < a.values.length; i++) if (a.values[i] !== b.values[i]) return false;
  if (a.custom === b.custom) return true;
  if (a.custom?.length !== b.custom?.length) return false;
  return (a.custom ?? []).every(([name, value], i) => b.custom?.[i]?.[0] === name && b.custom[i][1] === value);
}

/** The same tuple with one further value beside it; made once, so that facts of one tuple share it. */
export function withFurther(dims: Dims, name: string, value: string | null): Dims {
  return value === null
    ? dims
    : remembered(dims, `${name}=${value}`, () => ({
        values: dims.values,
        custom: customEntries({ ...Object.fromEntries(dims.custom ?? []), [name]: value }),
      }));
}

/** The same tuple in a stage of the funnel. */
export const withStage = (dims: Dims, stage: string): Dims =>
  remembered(dims, stage, () => ({
    values: dims.values.with(DIMENSIONS.indexOf('stage'), stage),
    custom: dims.custom,
  }));

function remembered(dims: Dims, key: string, make: () => Dims): Dims {
  let variants = VARIANTS.get(dims);
  if (variants === undefined) VARIANTS.set(dims, (variants = new Map<string, Dims>()));
  let variant = variants.get(key);
  if (variant === undefined) variants.set(key, (variant = make()));
  return variant;
}
const VARIANTS = new WeakMap<Dims, Map<string, Dims>>();

export const dimsKey = (dims: Dims): string => JSON.stringify([dims.values, dims.custom]);

/** Custom values in the one order that makes equal tuples equal. */
export function customEntries(custom: Custom): Dims['custom'] {
  const names = Object.keys(custom);
  if (names.length === 0) return null;
  return names.sort().map((name) => [name, custom[name] ?? '']);
}
