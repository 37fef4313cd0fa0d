import { minorText } from '#kernel/money.js';
import { PARTS_PER_CONVERSION } from '../credit-models/credit-payment.js';
import { isLearned, type ModelOptions, type Weighing } from '../credit/model-version.js';
import type { DefinedModel } from '../definitions.js';
import type { Credit } from './credit-sums.js';

/** A model's credit on the wire. */
export interface CreditAmounts {
  /** Deals won (paid for, where not won yet); to a millionth. */
  readonly conversions: number;
  /** Of these, leads that became customers by it. */
  readonly customers: number;
  /** Payments less their refunds so far. */
  readonly revenue: string;
  /** Null where no cost is known. */
  readonly profit: string | null;
}

export const creditAmounts = (
  { conversions, customers, revenue, costed, profit }: Credit,
  currency: string,
): CreditAmounts => ({
  conversions: conversions / PARTS_PER_CONVERSION,
  customers: customers / PARTS_PER_CONVERSION,
  revenue: minorText(revenue, currency),
  profit: costed === 0 ? null : minorText(profit, currency),
});

export interface ModelHeading {
  /** As it was asked for, and as it stands in the rows. */
  readonly id: string;
  readonly version: number;
  readonly name: string | null;
  /** Learns from all paths together. */
  readonly learned: boolean;
  readonly weighing: Weighing;
  readonly options: ModelOptions;
}

export const modelHeading = (key: string, model: DefinedModel): ModelHeading => ({
  id: key,
  version: model.version,
  name: model.name,
  learned: isLearned(model),
  weighing: model.weighing,
  options: model.options,
});
