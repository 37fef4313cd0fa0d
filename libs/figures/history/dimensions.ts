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

/** What facts are sorted by, with a memo of the tuples made of it: there is a handful of them, and they are asked for at nearly every event. */
class Tuple implements Dims {
  #variants: Variant | null = null;

  constructor(
    readonly values: Dims['values'],
    readonly custom: Dims['custom'],
  ) {}

  known(name: string, value: string): Dims | null {
    for (let one = this.#variants; one !== null; one = one.next)
      if (one.value === value && one.name === name) return one.dims;
    return null;
  }

  remember(name: string, value: string, dims: Dims): Dims {
    this.#variants = { name, value, dims, next: this.#variants };
    return dims;
  }
}

interface Variant {
  readonly name: string;
  readonly value: string;
  readonly dims: Dims;
  readonly next: Variant | null;
}

export const tuple = (values: Dims['values'], custom: Dims['custom']): Dims => new Tuple(values, custom);

export function sameDims(a: Dims, b: Dims): boolean {
  if (a === b) return true;
  for (let i = 0; i < a.values.length; i++) if (a.values[i] !== b.values[i]) return false;
  if (a.custom === b.custom) return true;
  if (a.custom?.length !== b.custom?.length) return false;
  return (a.custom ?? []).every(([name, value], i) => b.custom?.[i]?.[0] === name && b.custom[i][1] === value);
}

/** The same tuple with one further value beside it; made once, so that facts of one tuple share it. */
export const withFurther = (dims: Dims, name: string, value: string | null): Dims =>
  value === null
    ? dims
    : variant(dims, name, value, ({ values, custom }) =>
        tuple(values, customEntries({ ...Object.fromEntries(custom ?? []), [name]: value })),
      );

/** The same tuple in a stage of the funnel. */
export const withStage = (dims: Dims, stage: string): Dims =>
  // No further value has this name: they stand beside the named dimensions.
  variant(dims, STAGE, stage, ({ values, custom }) => tuple(values.with(STAGE_PLACE, stage), custom));
const STAGE = 'stage';
const STAGE_PLACE = DIMENSIONS.indexOf(STAGE);

function variant(dims: Dims, name: string, value: string, make: (dims: Dims) => Dims): Dims {
  if (!(dims instanceof Tuple)) return make(dims);
  return dims.known(name, value) ?? dims.remember(name, value, make(dims));
}

export const dimsKey = (dims: Dims): string => JSON.stringify([dims.values, dims.custom]);

/** Custom values in the one order that makes equal tuples equal. */
export function customEntries(custom: Custom): Dims['custom'] {
  const names = Object.keys(custom);
  if (names.length === 0) return null;
  return names.sort().map((name) => [name, custom[name] ?? '']);
}
