import type { FactSpace } from '#figures/blocks/fact-space.js';
import type { Dims } from '#figures/history/dimensions.js';
import type { CreditTouch } from './credit-history.js';

/** What credit is sorted by: the touch that earns it. `credit` says why nobody does, `path` is the path of a learned model. */
export const CREDIT_DIMENSIONS = [
  'channel',
  'campaign',
  'content',
  'source',
  'medium',
  'kind',
  'team',
  'person',
  'credit',
  'path',
] as const;
export type CreditDimension = (typeof CREDIT_DIMENSIONS)[number];

/** Those that a report may ask for. */
export const TOUCH_DIMENSIONS = CREDIT_DIMENSIONS.slice(0, 8);

export const UNATTRIBUTED = 'unattributed';
export const EXISTING_CUSTOMER = 'existing customer';

/**
 * What is counted, by the number it is stored under. A conversion is a deal's: its win, else its first payment above 0. Money is what a payment
 * is now worth (less its refunds) on the payment's day. `first` = 1 where it is the lead's first conversion.
 */
export const CREDIT_METRIC = {
  /** The ledger's own sums, not split: class = first. */
  conversions: 0,
  revenue: 1,
  profit: 2,
  /** Leads that have not converted: their path, on the day of its last touch. */
  openPath: 3,
  /** Paths that converted: class = first. */
  pathConversions: 4,
  pathRevenue: 5,
  pathProfit: 6,
  /** Of converting paths: class = touches on it; class = days from its first touch. */
  journeyTouches: 7,
  journeyDays: 8,
} as const;

/** Where the metrics of the models begin: three a model, in the order of `MEASURES`. */
const FIRST_MODEL = 16;
/** `conversions` in parts, the others in minor units; class = 2 x day of the touch (of the conversion, where no touch earns) + first. */
export const MEASURES = ['conversions', 'revenue', 'profit'] as const;
export type Measure = (typeof MEASURES)[number];

export const modelMetric = (model: number, measure: number): number => FIRST_MODEL + MEASURES.length * model + measure;

/** The facts of a processor that credits by so many models. */
export const creditSpace = (processor: string, models: number): FactSpace => ({
  processor,
  metrics: [
    ...Object.values(CREDIT_METRIC),
    ...Array.from({ length: models * MEASURES.length }, (_, place) => FIRST_MODEL + place),
  ],
  dimensions: CREDIT_DIMENSIONS,
});

/** The dimensions of what a touch earns. */
export function touchDims(touch: CreditTouch): Dims {
  touch.dims ??= {
    values: [
      touch.channel,
      touch.campaign,
      touch.content,
      touch.source,
      touch.medium,
      touch.kind,
      touch.team,
      touch.member,
      null,
      null,
    ],
    custom: null,
  };
  return touch.dims;
}

const only = (place: CreditDimension, text: string): Dims => ({
  values: CREDIT_DIMENSIONS.map((name) => (name === place ? text : null)),
  custom: null,
});

/** One object a path as long as it is remembered: the same few channels make most paths, and a tuple that is known is not looked at again. */
export function pathDims(path: string): Dims {
  let dims = PATHS.get(path);
  if (dims === undefined) {
    dims = only('path', path);
    if (PATHS.size >= REMEMBERED) PATHS.clear();
    PATHS.set(path, dims);
  }
  return dims;
}
const PATHS = new Map<string, Dims>();
const REMEMBERED = 10_000;
export const NO_DIMS: Dims = { values: CREDIT_DIMENSIONS.map(() => null), custom: null };
const NOBODY: Readonly<Record<string, Dims>> = {
  [UNATTRIBUTED]: only('credit', UNATTRIBUTED),
  [EXISTING_CUSTOMER]: only('credit', EXISTING_CUSTOMER),
};

/** Of a conversion without a touch: `(unattributed)`, or of a renewal or expansion `(existing customer)`. */
export const nobodyDims = (kind: string): Dims => NOBODY[kind === 'new' ? UNATTRIBUTED : EXISTING_CUSTOMER] ?? NO_DIMS;

/** Channels of a path in one text: nothing that a channel may hold stands between them. */
const STEP = '\u001f';
/** A touch without a channel is a step of its own. */
export const pathText = (channels: readonly (string | null)[]): string =>
  channels.map((channel) => channel ?? '').join(STEP);
export const channelsOfPath = (path: string): readonly string[] => path.split(STEP);
