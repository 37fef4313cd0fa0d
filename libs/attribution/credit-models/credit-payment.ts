import { splitMoney, type Money } from '#kernel/money.js';
import { pathTable } from './path-table.js';
import { weightsOf, type RuleModel } from './rule-model.js';
import { preparePath, type PathOptions, type Touch, type TouchPath } from './touch-path.js';

/** A conversion is counted in so many parts, so that its shares are integers too. */
export const PARTS_PER_CONVERSION = 1_000_000;

export interface TouchCredit {
  readonly touch: Touch;
  readonly amount: Money;
  /** Of `PARTS_PER_CONVERSION`. */
  readonly parts: number;
}

export interface PaymentCredit {
  readonly touches: readonly TouchCredit[];
  readonly unattributed: { readonly amount: Money; readonly parts: number };
}

/**
 * Splits what a payment is now worth (its amount less the refunds so far, in minor units) over its path, by largest remainder: the credits and what is
 * unattributed sum to `worth` to the unit. A payment that was refunded in full leaves 0 on every touch. Its conversion is split likewise.
 */
export function creditPayment(worth: Money, path: TouchPath, model: RuleModel, options: PathOptions): PaymentCredit {
  const prepared = preparePath(path, options);
  const table = pathTable();
  table.add(prepared, { conversions: 1, value: 0, nulls: 0 });
  const weights = weightsOf(model, table.build());
  const none = { amount: { minor: 0, currency: worth.currency }, parts: 0 };
  if (weights.length === 0) return { touches: [], unattributed: { amount: worth, parts: PARTS_PER_CONVERSION } };
  const amounts = splitMoney(worth, weights);
  const parts = splitMoney({ minor: PARTS_PER_CONVERSION, currency: worth.currency }, weights);
  return {
    touches: prepared.touches.map((touch, index) => ({
      touch,
      amount: amounts[index] ?? none.amount,
      parts: parts[index]?.minor ?? 0,
    })),
    unattributed: none,
  };
}
