import { give, NOTHING, type RuleModel } from './rule-model.js';

/**
 * `first` and `last` (percent) to the outer touches, the rest shared by those between. Two touches share in the proportion of the two, one touch gets all.
 * Source: Google Analytics, "Position based" (40/20/40).
 */
export function positionBased(first: number, last: number): RuleModel {
  const middle = 100 - first - last;
  return {
    name: `position-${first}-${middle}-${last}`,
    needs: [],
    credit(paths, { conversions, value }) {
      const { starts, channelOf } = paths;
      for (let path = 0; path < paths.paths; path++) {
        const start = starts[path] ?? 0;
        const end = starts[path + 1] ?? 0;
        if (start === end) continue;
        const won = paths.conversions[path] ?? 0;
        const worth = paths.value[path] ?? 0;
        const between = end - start - 2;
        const outer = between > 0 ? 100 : first + last;
        const opening = channelOf[start] ?? 0;
        const closing = channelOf[end - 1] ?? 0;
        give(conversions, opening, (won * first) / outer);
        give(value, opening, (worth * first) / outer);
        give(conversions, closing, (won * last) / outer);
        give(value, closing, (worth * last) / outer);
        const share = middle / (between * 100);
        for (let touch = start + 1; touch < end - 1; touch++) {
          const channel = channelOf[touch] ?? 0;
          give(conversions, channel, won * share);
          give(value, channel, worth * share);
        }
      }
      return NOTHING;
    },
  };
}

export const position402040: RuleModel = positionBased(40, 40);
