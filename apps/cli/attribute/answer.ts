import type { ModelCredit } from '#attribution/credit-models/attribute-paths.js';
import type { PathTable } from '#attribution/credit-models/path-table.js';

/** One model's credit in a row. Plain numbers: the files name no currency. */
export interface Credit {
  readonly conversions: number;
  /** null where the files hold no value. */
  readonly value: number | null;
  readonly removalEffect?: number;
  /** value / spend; null without spend or value. */
  readonly roas?: number | null;
  /** (value - spend) / spend: a return only where value is profit; null without spend or value. */
  readonly romi?: number | null;
  /** spend / conversions, which is CAC where a conversion is a new customer; null without conversions. */
  readonly cpa?: number | null;
}

export interface Row {
  readonly name: string;
  readonly spend: number | null;
  readonly credits: readonly Credit[];
}

export interface AttributionAnswer {
  readonly dimension: 'channel' | 'campaign';
  readonly models: readonly string[];
  readonly hasSpend: boolean;
  readonly rows: readonly Row[];
  readonly total: Row;
  readonly rejected: number;
  readonly warnings: readonly { readonly code: string; readonly detail: string }[];
}

export const UNATTRIBUTED = '(unattributed)';

/** Below so many conversions the learned models' answer is more chance than pattern. */
export const FEWEST_CONVERSIONS = 300;

interface Facts {
  readonly dimension: 'channel' | 'campaign';
  readonly hasValue: boolean;
  readonly spend: ReadonlyMap<string, number> | null;
  readonly rejected: number;
}

/** A row for each channel of the paths and of the spend, the most credited first; what no touch earned is a row of its own. */
export function answerOf(paths: PathTable, credits: readonly ModelCredit[], facts: Facts): AttributionAnswer {
  const { hasValue, spend } = facts;
  const numberOf = new Map(paths.channels.map((name, number) => [name, number]));
  const names = [...new Set([...paths.channels, ...(spend?.keys() ?? [])])];
  const row = (name: string, spent: number | null, creditOf: (credit: ModelCredit) => Plain): Row => ({
    name,
    spend: spent,
    credits: credits.map((credit) => withReturn(creditOf(credit), hasValue, spend === null ? undefined : spent)),
  });
  const rows = names.map((name) => {
    const at = numberOf.get(name);
    return row(name, spend === null ? null : (spend.get(name) ?? 0), ({ conversions, value, removalEffects }) => ({
      conversions: at === undefined ? 0 : (conversions[at] ?? 0),
      value: at === undefined ? 0 : (value[at] ?? 0),
      ...(removalEffects === null ? {} : { removalEffect: at === undefined ? 0 : (removalEffects[at] ?? 0) }),
    }));
  });
  rows.sort(
    (a, b) => (b.credits[0]?.conversions ?? 0) - (a.credits[0]?.conversions ?? 0) || (a.name < b.name ? -1 : 1),
  );
  if (credits.some(({ unattributed }) => unattributed.conversions !== 0 || unattributed.value !== 0))
    rows.push(row(UNATTRIBUTED, spend === null ? null : 0, ({ unattributed }) => unattributed));
  const spent = spend === null ? null : [...spend.values()].reduce((sum, amount) => sum + amount, 0);
  const total = row('total', spent, ({ conversions, value, unattributed }) => ({
    conversions: sumOf(conversions) + unattributed.conversions,
    value: sumOf(value) + unattributed.value,
  }));
  return {
    dimension: facts.dimension,
    models: credits.map(({ model }) => model),
    hasSpend: spend !== null,
    rows,
    total,
    rejected: facts.rejected,
    warnings: warningsOf(credits, sumOf(paths.conversions)),
  };
}

interface Plain {
  readonly conversions: number;
  readonly value: number;
  readonly removalEffect?: number;
}

function withReturn(plain: Plain, hasValue: boolean, spend: number | null | undefined): Credit {
  const conversions = clean(plain.conversions);
  const value = hasValue ? clean(plain.value) : null;
  const credit = {
    conversions,
    value,
    ...(plain.removalEffect === undefined ? {} : { removalEffect: clean(plain.removalEffect) }),
  };
  if (spend === undefined || spend === null) return credit;
  const isReturn = spend > 0 && value !== null;
  return {
    ...credit,
    roas: isReturn ? clean(value / spend) : null,
    romi: isReturn ? clean((value - spend) / spend) : null,
    cpa: conversions > 0 ? clean(spend / conversions) : null,
  };
}

/** Twelve digits: what lies below is the noise of adding doubles (19785.000000000004). */
const clean = (number: number): number => Number(number.toPrecision(12));

function warningsOf(credits: readonly ModelCredit[], conversions: number): AttributionAnswer['warnings'] {
  const learned = credits.map(({ model }) => model).filter((model) => model === 'markov-1' || model === 'shapley');
  if (learned.length === 0 || conversions >= FEWEST_CONVERSIONS) return [];
  const detail = `${learned.join(' and ')} learn from the paths, and ${clean(conversions)} conversions are fewer than ${FEWEST_CONVERSIONS}: take the answer for a hint`;
  return [{ code: 'FEW_CONVERSIONS', detail }];
}

const sumOf = (numbers: Float64Array): number => numbers.reduce((sum, number) => sum + number, 0);
