import type { PathTable } from './path-table.js';
import { give, NOTHING, type CreditSums, type RuleModel, type Unattributed } from './rule-model.js';

/** All credit to the earliest touch in the window. Source: Google Analytics, "First interaction". */
export const firstTouch: RuleModel = {
  name: 'first-touch',
  needs: [],
  credit: (paths, sums) => creditOuter(paths, sums, 0),
};

/** All credit to the last touch before the close. Source: Google Analytics, "Last interaction". */
export const lastTouch: RuleModel = {
  name: 'last-touch',
  needs: [],
  credit: (paths, sums) => creditOuter(paths, sums, 1),
};

/** `side` 0 is the first touch, 1 the last. */
function creditOuter(paths: PathTable, { conversions, value }: CreditSums, side: 0 | 1): Unattributed {
  const { starts, channelOf } = paths;
  for (let path = 0; path < paths.paths; path++) {
    const start = starts[path] ?? 0;
    const end = starts[path + 1] ?? 0;
    if (start === end) continue;
    const channel = channelOf[side === 0 ? start : end - 1] ?? 0;
    give(conversions, channel, paths.conversions[path] ?? 0);
    give(value, channel, paths.value[path] ?? 0);
  }
  return NOTHING;
}

/**
 * All credit to the last touch of a channel other than direct; to the last touch where all are direct, so that nothing is lost.
 * Source: Google Analytics, "Last non-direct click".
 */
export const lastNonDirect: RuleModel = {
  name: 'last-non-direct',
  needs: [],
  credit(paths, { conversions, value }) {
    const { starts, channelOf, isDirect } = paths;
    for (let path = 0; path < paths.paths; path++) {
      const start = starts[path] ?? 0;
      const end = starts[path + 1] ?? 0;
      if (start === end) continue;
      let touch = end - 1;
      while (touch >= start && isDirect[channelOf[touch] ?? 0] === 1) touch--;
      const channel = channelOf[touch < start ? end - 1 : touch] ?? 0;
      give(conversions, channel, paths.conversions[path] ?? 0);
      give(value, channel, paths.value[path] ?? 0);
    }
    return NOTHING;
  },
};
