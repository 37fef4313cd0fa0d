import { MOST_POINTS, touchesOf, type ModelNeed, type PlacingModel } from './rule-model.js';

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
export function milestoneWeights(name: string, given: MilestoneWeights): PlacingModel {
  const { ft = 0, lc = 0, oc = 0, cw = 0, rest = 0 } = given;
  const needs: ModelNeed[] = [
    ...(lc > 0 ? ['leadCreation' as const] : []),
    ...(oc > 0 ? ['opportunity' as const] : []),
  ];
  return {
    name,
    needs,
    place(paths, path, { count, at, extra }) {
      const touches = touchesOf(paths, path);
      let points = 0;
      let present = 0;
      if (ft > 0) {
        at[points] = 0;
        extra[points++] = ft;
        present += ft;
      }
      const created = lc > 0 ? (paths.leadCreation[path] ?? -1) : -1;
      if (created >= 0) {
        at[points] = created;
        extra[points++] = lc;
        present += lc;
      }
      const opened = oc > 0 ? (paths.opportunity[path] ?? -1) : -1;
      if (opened >= 0) {
        at[points] = opened;
        extra[points++] = oc;
        present += oc;
      }
      if (cw > 0) {
        at[points] = touches - 1;
        extra[points++] = cw;
        present += cw;
      }
      const holders = distinct(at, points);
      const others = touches - holders;
      if (others > 0) present += rest;
      if (present <= 0) return false;
      const scale = 1 / present;
      const share = others > 0 ? (rest * scale) / others : 0;
      // The base goes to every touch; a holder is none of the rest, so its first point takes the base away again.
      for (let point = 0; point < points; point++) {
        const own = (extra[point] ?? 0) * scale;
        extra[point] = isRepeated(at, point) ? own : own - share;
      }
      count[0] = points;
      extra[MOST_POINTS] = share;
      return true;
    },
  };
}

function distinct(at: Uint32Array, points: number): number {
  let count = 0;
  for (let point = 0; point < points; point++) if (!isRepeated(at, point)) count++;
  return count;
}

function isRepeated(at: Uint32Array, point: number): boolean {
  for (let before = 0; before < point; before++) if (at[before] === at[point]) return true;
  return false;
}

export const uFtLc404020: PlacingModel = milestoneWeights('u-ft-lc-40-40-20', { ft: 40, lc: 40, rest: 20 });
export const uFtLc5050: PlacingModel = milestoneWeights('u-ft-lc-50-50', { ft: 50, lc: 50 });
export const w30303010: PlacingModel = milestoneWeights('w-30-30-30-10', { ft: 30, lc: 30, oc: 30, rest: 10 });
export const fullPath: PlacingModel = milestoneWeights('full-path-22.5x4-10', {
  ft: 22.5,
  lc: 22.5,
  oc: 22.5,
  cw: 22.5,
  rest: 10,
});
