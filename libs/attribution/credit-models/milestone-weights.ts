import { give, type ModelNeed, type RuleModel } from './rule-model.js';

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
export function milestoneWeights(name: string, given: MilestoneWeights): RuleModel {
  const { ft = 0, lc = 0, oc = 0, cw = 0, rest = 0 } = given;
  const needs: ModelNeed[] = [
    ...(lc > 0 ? ['leadCreation' as const] : []),
    ...(oc > 0 ? ['opportunity' as const] : []),
  ];
  return {
    name,
    needs,
    // Which touches coincide is a coin's toss to the processor: reckoned with 0 and 1, where a branch would be guessed wrongly half of the time.
    credit(paths, { conversions, value }) {
      const { starts, channelOf } = paths;
      const hasFirst = ft > 0 ? 1 : 0;
      const hasWon = cw > 0 ? 1 : 0;
      const left = { conversions: 0, value: 0 };
      for (let path = 0; path < paths.paths; path++) {
        const start = starts[path] ?? 0;
        const end = starts[path + 1] ?? 0;
        if (start === end) continue;
        const won = paths.conversions[path] ?? 0;
        const worth = paths.value[path] ?? 0;
        const last = end - start - 1;
        const created = lc > 0 ? (paths.leadCreation[path] ?? -1) : -1;
        const opened = oc > 0 ? (paths.opportunity[path] ?? -1) : -1;
        const hasCreated = 1 - (created >>> 31);
        const hasOpened = 1 - (opened >>> 31);
        // 1 where the milestone is the first one on its touch.
        const newCreated = hasCreated & ~(hasFirst & isZero(created));
        const newOpened = hasOpened & ~((hasFirst & isZero(opened)) | isZero(opened ^ created));
        const newWon = hasWon & ~((hasFirst & isZero(last)) | isZero(last ^ created) | isZero(last ^ opened));
        const others = last + 1 - hasFirst - newCreated - newOpened - newWon;
        const noOthers = isZero(others);
        const present = ft + hasCreated * lc + hasOpened * oc + cw + (1 - noOthers) * rest;
        if (present === 0) {
          left.conversions += won;
          left.value += worth;
          continue;
        }
        const scale = 1 / present;
        const share = ((1 - noOthers) * rest * scale) / (others + noOthers);
        if (rest > 0) {
          for (let touch = start; touch < end; touch++) {
            const channel = channelOf[touch] ?? 0;
            give(conversions, channel, won * share);
            give(value, channel, worth * share);
          }
        }
        // A holder is none of the rest: its first milestone takes that share away again.
        if (ft > 0) {
          const channel = channelOf[start] ?? 0;
          give(conversions, channel, won * (ft * scale - share));
          give(value, channel, worth * (ft * scale - share));
        }
        if (lc > 0) {
          const channel = channelOf[start + created * hasCreated] ?? 0;
          const weight = hasCreated * lc * scale - newCreated * share;
          give(conversions, channel, won * weight);
          give(value, channel, worth * weight);
        }
        if (oc > 0) {
          const channel = channelOf[start + opened * hasOpened] ?? 0;
          const weight = hasOpened * oc * scale - newOpened * share;
          give(conversions, channel, won * weight);
          give(value, channel, worth * weight);
        }
        if (cw > 0) {
          const channel = channelOf[end - 1] ?? 0;
          const weight = cw * scale - newWon * share;
          give(conversions, channel, won * weight);
          give(value, channel, worth * weight);
        }
      }
      return left;
    },
  };
}

const isZero = (number: number): number => 1 - ((number | -number) >>> 31);

export const uFtLc404020: RuleModel = milestoneWeights('u-ft-lc-40-40-20', { ft: 40, lc: 40, rest: 20 });
export const uFtLc5050: RuleModel = milestoneWeights('u-ft-lc-50-50', { ft: 50, lc: 50 });
export const w30303010: RuleModel = milestoneWeights('w-30-30-30-10', { ft: 30, lc: 30, oc: 30, rest: 10 });
export const fullPath: RuleModel = milestoneWeights('full-path-22.5x4-10', {
  ft: 22.5,
  lc: 22.5,
  oc: 22.5,
  cw: 22.5,
  rest: 10,
});
