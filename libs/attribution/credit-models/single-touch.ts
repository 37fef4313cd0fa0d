import { touchesOf, type PickingModel } from './rule-model.js';

/** All credit to the earliest touch in the window. Source: Google Analytics, "First interaction". */
export const firstTouch: PickingModel = { name: 'first-touch', needs: [], pick: () => 0 };

/** All credit to the last touch before the close. Source: Google Analytics, "Last interaction". */
export const lastTouch: PickingModel = {
  name: 'last-touch',
  needs: [],
  pick: (paths, path) => touchesOf(paths, path) - 1,
};

/**
 * All credit to the last touch of a channel other than direct; to the last touch where all are direct, so that nothing is lost.
 * Source: Google Analytics, "Last non-direct click".
 */
export const lastNonDirect: PickingModel = {
  name: 'last-non-direct',
  needs: [],
  pick(paths, path) {
    const start = paths.starts[path] ?? 0;
    const touches = touchesOf(paths, path);
    for (let index = touches - 1; index >= 0; index--) {
      if (paths.isDirect[paths.channelOf[start + index] ?? 0] === 0) return index;
    }
    return touches - 1;
  },
};
