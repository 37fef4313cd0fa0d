import { METRIC } from '../contribution/fact.js';

/** `money-ratio`: money for each of something. */
export type Unit = 'count' | 'money' | 'ratio' | 'money-ratio' | 'day' | 'second' | 'attempt';

/** Facts that a figure is made of: `first` counts only a lead's first entry. */
export interface Source {
  readonly metric: number;
  readonly first?: true;
}

/** How sums of facts become a figure. */
export type Formula =
  | { readonly kind: 'count'; readonly of: Source }
  /** A sum of values that are counts. */
  | { readonly kind: 'sum'; readonly of: Source }
  | {
      readonly kind: 'money';
      readonly plus: readonly Source[];
      readonly minus: readonly Source[];
      readonly nullWithoutFacts: boolean;
    }
  | { readonly kind: 'ratio'; readonly numerator: readonly Source[]; readonly denominator: readonly Source[] }
  /** Money for each: cost per customer. */
  | { readonly kind: 'money-per'; readonly money: Source; readonly each: Source }
  /** (plus - minus) / below, all of them money; null where `plus` has no fact and `unknownWith` has some. */
  | {
      readonly kind: 'return';
      readonly plus: Source;
      readonly minus: readonly Source[];
      readonly below: Source;
      readonly unknownWith?: Source;
    }
  /** `open`: what goes on and has no end yet. */
  | { readonly kind: 'duration'; readonly of: Source; readonly unit: DurationUnit; readonly open?: Source };

export type DurationUnit = 'day' | 'second' | 'attempt';

export interface MetricDefinition {
  readonly id: string;
  /** Raised when the definition changes; both versions are then shown side by side. */
  readonly version: number;
  readonly name: string;
  readonly unit: Unit;
  /** For those who compute it themselves. */
  readonly formulaText: string;
  /** For those who read it. */
  readonly text: string;
  readonly formula: Formula;
}

/** A definition as it is written down: version 1 unless it says so. */
export type MetricText = Omit<MetricDefinition, 'version'> & { readonly version?: number };

export const of = (name: keyof typeof METRIC): Source => ({ metric: METRIC[name] });
export const firstOf = (name: keyof typeof METRIC): Source => ({ metric: METRIC[name], first: true });
export const count = (of: Source): Formula => ({ kind: 'count', of });
export const money = (plus: readonly Source[], minus: readonly Source[] = []): Formula => ({
  kind: 'money',
  plus,
  minus,
  nullWithoutFacts: false,
});

export function sourcesOf(formula: Formula): readonly Source[] {
  switch (formula.kind) {
    case 'count':
    case 'sum':
      return [formula.of];
    case 'duration':
      return formula.open === undefined ? [formula.of] : [formula.of, formula.open];
    case 'money':
      return [...formula.plus, ...formula.minus];
    case 'ratio':
      return [...formula.numerator, ...formula.denominator];
    case 'money-per':
      return [formula.money, formula.each];
    case 'return':
      return [
        formula.plus,
        ...formula.minus,
        formula.below,
        ...(formula.unknownWith === undefined ? [] : [formula.unknownWith]),
      ];
  }
}
