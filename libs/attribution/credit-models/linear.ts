import { touchesOf, type WeighingModel } from './rule-model.js';

/** 1/n to every touch; a channel seen twice earns twice. Source: Google Analytics, "Linear". */
export const linear: WeighingModel = {
  name: 'linear',
  needs: [],
  weigh(paths, path, weights) {
    const touches = touchesOf(paths, path);
    const share = 1 / touches;
    for (let index = 0; index < touches; index++) weights[index] = share;
    return true;
  },
};
