import { grouping, type Grouping } from '#figures/report/grouping.js';
import type { FiguresDeps } from '#figures/report/sight.js';
import { grainLabel } from '#kernel/period.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { Warning } from '#platform/questions/read-side.js';
import { PARTS_PER_CONVERSION } from '../credit-models/credit-payment.js';
import { EXISTING_CUSTOMER, UNATTRIBUTED } from '../credit/credit-space.js';
import { ruleOf } from '../credit/model-version.js';
import type { CreditSet } from '../credit/attribution-processor.js';
import { creditSetOf, definedModels } from '../definitions.js';
import { creditParameters, type CreditParameters } from './credit-parameters.js';
import { lookTogether, type CreditSights } from './credit-sight.js';
import { addCredit, ledgerCredit, NO_CREDIT, ruleCredit, type Credit } from './credit-sums.js';
import { FEWEST_CONVERSIONS, learnedCredit, pathSums } from './learned-credit.js';
import { spendOf } from './spend.js';

/** Why a conversion is nobody's, as a row. */
export const NOBODY_ROW = { [UNATTRIBUTED]: '(unattributed)', [EXISTING_CUSTOMER]: '(existing customer)' } as const;

export interface CreditTableRow {
  /** Only with a grain. */
  readonly period: string | null;
  /** In the order of `by`. */
  readonly dims: readonly (string | null)[];
  /** In the order of the models asked for. */
  readonly credit: readonly Credit[];
  /** Minor units; null: not to be had by these dimensions. */
  readonly spend: number | null;
}

/** Credit of all models side by side, before anybody decides how to show it. */
export interface CreditTable {
  readonly parameters: CreditParameters;
  readonly sights: CreditSights;
  readonly rows: readonly CreditTableRow[];
  readonly total: CreditTableRow;
  readonly balance: TableBalance | null;
  readonly warnings: readonly Warning[];
}

/** Whether nothing was lost: by model what touches earned, and what nobody did, beside what the ledger holds. */
export interface TableBalance {
  readonly ledger: Credit;
  readonly models: readonly {
    readonly credited: Credit;
    readonly unattributed: Credit;
    readonly existingCustomer: Credit;
  }[];
}

/** Throws 400 `QUERY.*`, 503 `READ_MODEL.BEHIND`. */
export async function creditTable(deps: FiguresDeps, raw: Query): Promise<CreditTable> {
  const models = await definedModels(deps.eventStore);
  const parameters = creditParameters(raw, deps.organisation.fiscalYearStart, models);
  const sights = await lookTogether(
    deps,
    parameters.models.map(({ model }) => creditSetOf(model)),
    parameters,
    true,
  );
  const filtered = await modelsBySlot(sights, parameters, parameters.filters);
  const whole = parameters.filters.size === 0 ? filtered : await modelsBySlot(sights, parameters, new Map());
  const spend = await spendOf(deps, sights, parameters);
  const rows = tableRows(parameters, filtered, spend);
  const total: CreditTableRow = {
    period: null,
    dims: [],
    credit: filtered.map((slots) => [...slots.values()].reduce((sum, slot) => addCredit(sum, slot.credit), NO_CREDIT)),
    spend: spend === null ? null : spend.reduce((sum, { minor }) => sum + minor, 0),
  };
  const balance = await balanceOf(sights, parameters, whole);
  return {
    parameters,
    sights,
    rows,
    total,
    balance,
    warnings: [...sights.warnings, ...limits(parameters, balance)],
  };
}

/** A row's place: period, dimensions, and why nobody earned it. */
interface Slot {
  readonly period: string | null;
  readonly dims: readonly (string | null)[];
  readonly reason: string | null;
  readonly credit: Credit;
}
type Slots = ReadonlyMap<string, Slot>;

const slotKey = (period: string | null, dims: readonly (string | null)[], reason: string | null): string =>
  JSON.stringify([period, reason, reason === null ? dims : []]);

function modelsBySlot(
  sights: CreditSights,
  parameters: CreditParameters,
  filters: CreditParameters['filters'],
): Promise<readonly Slots[]> {
  const { by, period, on } = parameters;
  const groups = groupingOf(parameters, ['credit', ...by], filters);
  // Models that learn from the same paths share their sums.
  const paths = new Map<string, ReturnType<typeof pathSums>>();
  const pathsOf = (set: CreditSet): ReturnType<typeof pathSums> => {
    let sums = paths.get(set.processor);
    if (sums === undefined)
      paths.set(
        set.processor,
        (sums = pathSums(sights.of(set), period, groupingOf(parameters, ['path', 'credit'], new Map()))),
      );
    return sums;
  };
  return Promise.all(
    parameters.models.map(async ({ model }) => {
      const set = creditSetOf(model);
      const sight = sights.of(set);
      const rule = ruleOf(model);
      const slots = new Map<string, Slot>();
      const put = (label: string | null, dims: readonly (string | null)[], reason: string | null, credit: Credit) => {
        const key = slotKey(label, dims, reason);
        const before = slots.get(key)?.credit ?? NO_CREDIT;
        slots.set(key, { period: label, dims, reason, credit: addCredit(before, credit) });
      };
      if (typeof rule === 'string') {
        const passes = (channel: string | null): boolean => filters.get('channel')?.has(channel) ?? true;
        for (const stretch of await pathsOf(set)) {
          for (const [name, credit] of learnedCredit(rule, stretch.paths)) {
            const channel = name === '' ? null : name;
            if (passes(channel)) put(stretch.period, [channel], null, credit);
          }
          if (filters.size === 0 || passes(null))
            for (const [reason, credit] of stretch.nobody) put(stretch.period, [], reason, credit);
        }
        return slots;
      }
      const place = set.models.findIndex((one) => one.id === model.id && one.version === model.version);
      for (const [number, credit] of await ruleCredit(sight, place, period, on, groups)) {
        const { period: label, dims } = groups.group(number);
        const [reason = null, ...own] = dims;
        put(label, own, reason, credit);
      }
      return slots;
    }),
  );
}

function groupingOf(
  { period, grain }: Pick<CreditParameters, 'period' | 'grain'>,
  by: readonly string[],
  filters: CreditParameters['filters'],
): Grouping {
  return grouping({ days: period, periodOf: grain === 'total' ? null : (day) => grainLabel(day, grain), by, filters });
}

/** Rows of all models and of spend, by period, then by dimension; those that nobody earned come last. */
function tableRows(
  { by }: CreditParameters,
  models: readonly Slots[],
  spend: Awaited<ReturnType<typeof spendOf>>,
): readonly CreditTableRow[] {
  const places = new Map<string, Omit<Slot, 'credit'> & { spend: number }>();
  for (const slots of models)
    for (const [key, { period, dims, reason }] of slots) places.set(key, { period, dims, reason, spend: 0 });
  for (const { period, dims, minor } of spend ?? []) {
    const key = slotKey(period, dims, null);
    const place = places.get(key) ?? { period, dims, reason: null, spend: 0 };
    places.set(key, { ...place, spend: place.spend + minor });
  }
  const nobody = (reason: string): readonly string[] => [NOBODY_ROW[reason as keyof typeof NOBODY_ROW]]; // the only reasons that are written
  return [...places]
    .sort(
      ([, a], [, b]) =>
        compareTexts(a.period, b.period) || compareTexts(a.reason, b.reason) || compareDims(a.dims, b.dims),
    )
    .map(([key, place]) => ({
      period: place.period,
      dims: place.reason === null ? by.map((_, i) => place.dims[i] ?? null) : nobody(place.reason),
      credit: models.map((slots) => slots.get(key)?.credit ?? NO_CREDIT),
      spend: spend === null ? null : place.spend,
    }));
}

/** Credit of touches in a period is part of what the ledger holds in several, so there it cannot be told. */
async function balanceOf(
  sights: CreditSights,
  parameters: CreditParameters,
  models: readonly Slots[],
): Promise<TableBalance | null> {
  const { period, on } = parameters;
  if (on === 'touch' && (period.from !== null || period.to !== null)) return null;
  const groups = groupingOf({ period, grain: 'total' }, [], new Map());
  const of = (slots: Slots, reason: string | null): Credit =>
    [...slots.values()].reduce((sum, slot) => (slot.reason === reason ? addCredit(sum, slot.credit) : sum), NO_CREDIT);
  return {
    ledger: (await ledgerCredit(sights.builtIn, period, groups)).get(0) ?? NO_CREDIT,
    models: models.map((slots) => ({
      credited: of(slots, null),
      unattributed: of(slots, UNATTRIBUTED),
      existingCustomer: of(slots, EXISTING_CUSTOMER),
    })),
  };
}

function limits({ models, leftOut, by }: CreditParameters, balance: TableBalance | null): readonly Warning[] {
  const warnings: Warning[] = [];
  if (leftOut.length > 0)
    warnings.push({
      code: 'MODEL_LEFT_OUT',
      detail: `${leftOut.join(', ')}: credits channels by the day of the conversion alone, and is left out by ${by.join(', ')}.`,
    });
  models.forEach(({ key, model }, place) => {
    if (typeof ruleOf(model) !== 'string') return;
    const parts = balance?.models[place]?.credited.conversions ?? 0;
    const conversions = Math.round(parts / PARTS_PER_CONVERSION);
    if (conversions >= FEWEST_CONVERSIONS) return;
    warnings.push({
      code: 'FEW_CONVERSIONS',
      detail: `${key} learns from the paths, and ${conversions} conversions are fewer than ${FEWEST_CONVERSIONS}: take its answer for a hint.`,
    });
  });
  return warnings;
}

function compareDims(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const order = compareTexts(a[i] ?? null, b[i] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function compareTexts(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
