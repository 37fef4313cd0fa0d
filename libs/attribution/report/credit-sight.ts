import { FIGURES_FACTS, type FactSpace } from '#figures/blocks/fact-space.js';
import type { CommonParameters } from '#figures/report/parameters.js';
import { look, type FiguresDeps, type Sight } from '#figures/report/sight.js';
import { parsePosition } from '#kernel/position.js';
import type { Warning } from '#platform/questions/read-side.js';
import { BUILT_IN_CREDIT, spaceOf, type CreditSet } from '../credit/attribution-processor.js';

/** Several processors seen at one position, so that their figures stand side by side. */
export interface CreditSights {
  /** Of the models that everybody has; holds the ledger's own sums. */
  readonly builtIn: Sight;
  readonly of: (set: CreditSet) => Sight;
  /** Of the figures (spend); null where nobody asked for it. */
  readonly figures: Sight | null;
  readonly warnings: readonly Warning[];
}

type Looked = Pick<CommonParameters, 'knownAt' | 'minPosition'>;
const NO_NAMES = { by: [], filters: new Map<string, ReadonlySet<string | null>>() };

/** Waits until all of them hold what was asked for. Throws 503 `READ_MODEL.BEHIND`. */
export async function lookTogether(
  deps: FiguresDeps,
  sets: readonly CreditSet[],
  parameters: Looked,
  withFigures: boolean,
): Promise<CreditSights> {
  const spaces = new Map<string, FactSpace>();
  for (const set of [BUILT_IN_CREDIT, ...sets]) if (!spaces.has(set.processor)) spaces.set(set.processor, spaceOf(set));
  if (withFigures) spaces.set(FIGURES_FACTS.processor, FIGURES_FACTS);
  const seen = new Map<string, Sight>();
  for (const [processor, space] of spaces) {
    const first = seen.get(BUILT_IN_CREDIT.processor);
    // A model that was defined a moment ago is replayed first; until it is there, the question waits for it (503 in the end).
    const least = parameters.minPosition ?? (first === undefined ? null : parsePosition(first.asOf.position));
    seen.set(processor, await look(deps, { ...parameters, ...NO_NAMES, minPosition: least }, space));
  }
  const all = [...seen.values()];
  // The one that is furthest behind says what all of them show.
  const last = all.reduce((least, sight) => (sight.upTo < least.upTo ? sight : least));
  const sightOf = (processor: string): Sight => {
    const sight = seen.get(processor);
    if (sight === undefined) throw new Error(`${processor} was not looked at`);
    return { ...sight, upTo: last.upTo, asOf: last.asOf, now: last.now };
  };
  const warnings = new Map(all.flatMap((sight) => sight.warnings).map((one) => [`${one.code} ${one.detail}`, one]));
  return {
    builtIn: sightOf(BUILT_IN_CREDIT.processor),
    of: ({ processor }) => sightOf(processor),
    figures: withFigures ? sightOf(FIGURES_FACTS.processor) : null,
    warnings: [...warnings.values()],
  };
}
