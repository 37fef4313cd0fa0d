import { MOST_POINTS, touchesOf, type PlacingModel } from './rule-model.js';

/**
 * `first` and `last` (percent) to the outer touches, the rest shared by those between. Two touches share in the proportion of the two, one touch gets all.
 * Source: Google Analytics, "Position based" (40/20/40).
 */
export function positionBased(first: number, last: number): PlacingModel {
  const middle = 100 - first - last;
  return {
    name: `position-${first}-${middle}-${last}`,
    needs: [],
    place(paths, path, { count, at, extra }) {
      const touches = touchesOf(paths, path);
      const isLong = touches > 2;
      const share = isLong ? middle / (touches - 2) / 100 : 0;
      const outer = isLong ? 100 : first + last;
      count[0] = 2;
      at[0] = 0;
      extra[0] = first / outer - share;
      at[1] = touches - 1;
      extra[1] = last / outer - share;
      extra[MOST_POINTS] = share;
      return true;
    },
  };
}

export const position402040: PlacingModel = positionBased(40, 40);
