import { MOST_POINTS, touchesOf, type PlacingModel } from './rule-model.js';

/** 1/n to every touch; a channel seen twice earns twice. Source: Google Analytics, "Linear". */
export const linear: PlacingModel = {
  name: 'linear',
  needs: [],
  place(paths, path, { count, extra }) {
    count[0] = 0;
    extra[MOST_POINTS] = 1 / touchesOf(paths, path);
    return true;
  },
};
