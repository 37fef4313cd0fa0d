import { give, NOTHING, type RuleModel } from './rule-model.js';

/** 1/n to every touch; a channel seen twice earns twice. Source: Google Analytics, "Linear". */
export const linear: RuleModel = {
  name: 'linear',
  needs: [],
  credit(paths, { conversions, value }) {
    const { starts, channelOf } = paths;
    for (let path = 0; path < paths.paths; path++) {
      const start = starts[path] ?? 0;
      const end = starts[path + 1] ?? 0;
      const won = (paths.conversions[path] ?? 0) / (end - start);
      const worth = (paths.value[path] ?? 0) / (end - start);
      for (let touch = start; touch < end; touch++) {
        const channel = channelOf[touch] ?? 0;
        give(conversions, channel, won);
        give(value, channel, worth);
      }
    }
    return NOTHING;
  },
};
