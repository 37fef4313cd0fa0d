import { touchesOf, type ModelNeed, type WeighingModel } from './rule-model.js';

/** Weights of the milestones FT (first touch), LC (lead creation), OC (opportunity creation), CW (closed won), and of all other touches together. */
export interface MilestoneWeights {
  readonly ft?: number;
  readonly lc?: number;
  readonly oc?: number;
  readonly cw?: number;
  readonly rest?: number;
}

/**
 * Weights by milestone. A touch that holds several gets their sum; the share of a milestone that no touch holds, or of a rest without touches, is
 * spread over what is there in proportion to its weight. A milestone without weight is none of the model's.
 * Source: the "U-shaped", "W-shaped" and "full path" models of marketing automation (Bizible, now Adobe Marketo Measure; HubSpot), which
 * differ from vendor to vendor, hence names that carry the numbers.
 */
export function milestoneWeights(name: string, given: MilestoneWeights): WeighingModel {
  const { ft = 0, lc = 0, oc = 0, cw = 0, rest = 0 } = given;
  const needs: ModelNeed[] = [...(lc > 0 ? ['leadCreation' as const] : []), ...(oc > 0 ? ['opportunity' as const] : [])];
  return {
    name,
    needs,
    weigh(paths, path, weights) {
      const touches = touchesOf(paths, path);
      const first = ft > 0 ? 0 : -1;
      const created = lc > 0 ? (paths.leadCreation[path] ?? -1) : -1;
      const opened = oc > 0 ? (paths.opportunity[path] ?? -1) : -1;
      const won = cw > 0 ? touches - 1 : -1;
      let held = 0;
      let present = 0;
      if (first >= 0) (held++, (present += ft));
      if (created >= 0) ((held += created === first ? 0 : 1), (present += lc));
      if (opened >= 0) ((held += opened === first || opened === created ? 0 : 1), (present += oc));
      if (won >= 0) ((held += won === first || won === created || won === opened ? 0 : 1), (present += cw));
      const others = touches - held;
      if (others > 0) present += rest;
      if (present <= 0) return false;
      const scale = 1 / present;
      const share = others > 0 ? (rest * scale) / others : 0;
      for (let index = 0; index < touches; index++) weights[index] = share;
      if (first >= 0) weights[first] = 0;
      if (created >= 0) weights[created] = 0;
      if (opened >= 0) weights[opened] = 0;
      if (won >= 0) weights[won] = 0;
      if (first >= 0) weights[first] = ft * scale;
      if (created >= 0) weights[created] = (weights[created] ?? 0) + lc * scale;
      if (opened >= 0) weights[opened] = (weights[opened] ?? 0) + oc * scale;
      if (won >= 0) weights[won] = (weights[won] ?? 0) + cw * scale;
      return true;
    },
  };
}

export const uFtLc404020: WeighingModel = milestoneWeights('u-ft-lc-40-40-20', { ft: 40, lc: 40, rest: 20 });
export const uFtLc5050: WeighingModel = milestoneWeights('u-ft-lc-50-50', { ft: 50, lc: 50 });
export const w30303010: WeighingModel = milestoneWeights('w-30-30-30-10', { ft: 30, lc: 30, oc: 30, rest: 10 });
export const fullPath: WeighingModel = milestoneWeights('full-path-22.5x4-10', {
  ft: 22.5,
  lc: 22.5,
  oc: 22.5,
  cw: 22.5,
  rest: 10,
});
