import { touchesOf, type WeighingModel } from './rule-model.js';

/**
 * `first` and `last` (percent) to the outer touches, the rest shared by those between. Two touches share in the proportion of the two, one touch gets all.
 * Source: Google Analytics, "Position based" (40/20/40).
 */
export function positionBased(first: number, last: number): WeighingModel {
  const middle = 100 - first - last;
  return {
    name: `position-${first}-${middle}-${last}`,
    needs: [],
    weigh(paths, path, weights) {
      const touches = touchesOf(paths, path);
      if (touches === 1) {
        weights[0] = 1;
        return true;
      }
      const outer = touches === 2 ? first + last : 100;
      const share = middle / (touches - 2) / 100;
      for (let index = 1; index < touches - 1; index++) weights[index] = share;
      weights[0] = first / outer;
      weights[touches - 1] = last / outer;
      return true;
    },
  };
}

export const position402040: WeighingModel = positionBased(40, 40);
