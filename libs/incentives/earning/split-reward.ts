import { USUAL_OPTIONS, type ModelVersion } from '#attribution/credit/model-version.js';
import { modelGroups, pathOf, weightsOf } from '#attribution/credit/weigh-path.js';
import { splitMoney } from '#kernel/money.js';
import type { DayNumber, Instant } from '#kernel/time.js';
import type { TouchShare } from '../events/bonus-events.js';
import type { MemberAmount } from '../events/bonus-plan-events.js';
import type { MemberShare, PlanTerms } from '../plan/terms.js';
import type { Movement } from './fold-account.js';
import type { AccountTouch, LeadAccount } from './lead-account.js';
import type { ActiveVersion } from './standing.js';

/** Who stands behind a touch: the owners of its campaign on its day, else its member if in marketing then, else nobody. */
export interface Beneficiaries {
  readonly through: 'owner' | 'actor' | 'pool';
  /** Handles, in equal parts; empty for the pool. */
  readonly members: readonly string[];
}

/** What is known beside the lead's own events. */
export interface Judging {
  readonly dayOf: (at: Instant) => DayNumber;
  readonly beneficiaries: (touch: AccountTouch) => Beneficiaries;
  /** A defined version of a credit model; null: there is none. */
  readonly model: (name: string) => ModelVersion | null;
  /** Touches recorded behind this position do not count for that crossing; Infinity: all do. */
  readonly touchesUpTo: (crossing: {
    readonly tier: string;
    readonly crossing: number;
    readonly at: Instant;
    readonly grain: PlanTerms['grain'];
  }) => number;
}

export interface RewardSplit {
  readonly members: readonly MemberAmount[];
  readonly lapsed: number;
  readonly touches: readonly TouchShare[];
}

/** What a crossing is judged by. */
export interface CrossingTouches {
  /** Marketing's up to the crossing, in business time. */
  readonly touches: readonly AccountTouch[];
  readonly model: ModelVersion | null;
}

/**
 * Marketing's touches up to a crossing; null: none of them lies before its deal was opened, so that there is no bonus. Throws RangeError
 * where the terms split by a model that is not there.
 */
export function touchesOf(
  { terms }: ActiveVersion,
  account: LeadAccount,
  { at, deal }: Movement,
  judging: Judging,
  id: { readonly tier: string; readonly crossing: number },
): CrossingTouches | null {
  const model = modelOf(terms, judging);
  const isMarketings = marketingsOf(model);
  const known = judging.touchesUpTo({ ...id, at, grain: terms.grain });
  const touches = account.touches.filter((touch) => touch.at <= at && touch.position <= known && isMarketings(touch));
  return touches.some((touch) => touch.at <= deal.openedAt) ? { touches, model } : null;
}

/** Whether marketing touched the lead before one of its deals was opened, as the terms' split sees it. Throws RangeError as `touchesOf` does. */
export function isTouchedInTime({ touches, deals }: LeadAccount, terms: PlanTerms, judging: Judging): boolean {
  const isMarketings = marketingsOf(modelOf(terms, judging));
  return touches.some((touch) => isMarketings(touch) && deals.some(({ openedAt }) => touch.at <= openedAt));
}

/** Of the teams that the model credits, and of none; never sales'. */
function marketingsOf(model: ModelVersion | null): (touch: AccountTouch) => boolean {
  const { teams } = model?.options ?? USUAL_OPTIONS;
  return ({ team }) => team !== 'sales' && (team === null || teams.includes(team));
}

/** Parts sum to the reward. Throws RangeError for a model that looks at all paths together. */
export function splitReward(
  { terms }: ActiveVersion,
  account: LeadAccount,
  crossing: Movement,
  reward: number,
  { touches, model }: CrossingTouches,
  judging: Judging,
): RewardSplit {
  if (terms.split.kind === 'fixed' || model === null)
    return { ...amounts(reward, terms.split.kind === 'fixed' ? terms.split.shares : [], 0), touches: [] };
  const shares = touchShares(model, account, crossing, touches, judging);
  return { ...byMember(reward, shares, terms.pool), touches: shares };
}

function modelOf({ split }: PlanTerms, judging: Judging): ModelVersion | null {
  if (split.kind === 'fixed') return null;
  const model = judging.model(split.model);
  if (model === null) throw new RangeError(`there is no model "${split.model}" that could split a reward`);
  return model;
}

function touchShares(
  model: ModelVersion,
  { leadCreatedAt }: LeadAccount,
  crossing: Movement,
  touches: readonly AccountTouch[],
  judging: Judging,
): readonly TouchShare[] {
  const [group] = modelGroups([model], judging.dayOf);
  const rule = group?.rules[0]?.rule;
  if (group === undefined || rule === undefined)
    throw new RangeError(`${model.id} looks at all paths together and cannot split one lead's reward`);
  const asCredit = touches.map((touch) => ({
    ...touch,
    content: null,
    source: null,
    medium: null,
    dims: null,
  }));
  const origin = new Map(asCredit.map((touch, place) => [touch.touchId, touches[place]]));
  const milestones = { closedAt: crossing.at, leadCreatedAt, opportunityAt: crossing.deal.openedAt };
  const { touches: seen, table } = pathOf(group, asCredit, milestones);
  const weighed = table === null ? null : weightsOf(rule, table);
  if (weighed === null) return [];
  return seen.flatMap(({ touchId }, place): TouchShare[] => {
    const weight = (weighed.weights[place] ?? 0) / weighed.sum;
    const touch = origin.get(touchId);
    if (weight === 0 || touch === undefined) return [];
    return [{ eventId: touch.eventId, weight, ...judging.beneficiaries(touch) }];
  });
}

/** Each touch's weight to those behind it in equal parts; the pool's by its own shares. What has nobody to go to lapses. */
function byMember(reward: number, touches: readonly TouchShare[], pool: readonly MemberShare[]) {
  const weights = new Map<string, number>();
  const whole = pool.reduce((sum, { weight }) => sum + weight, 0);
  let nobody = touches.length === 0 ? 1 : 0;
  const give = (member: string, weight: number): void => void weights.set(member, (weights.get(member) ?? 0) + weight);
  for (const { weight, through, members } of touches) {
    if (through !== 'pool') for (const member of members) give(member, weight / members.length);
    else if (whole === 0) nobody += weight;
    else for (const share of pool) give(share.member, (weight * share.weight) / whole);
  }
  return amounts(
    reward,
    [...weights].map(([member, weight]) => ({ member, weight })),
    nobody,
  );
}

/** By largest remainder; of equal remainders the earlier handle's comes first, what lapses last. */
function amounts(
  reward: number,
  shares: readonly MemberShare[],
  nobody: number,
): { readonly members: readonly MemberAmount[]; readonly lapsed: number } {
  const ordered = [...shares].sort((a, b) => (a.member < b.member ? -1 : 1));
  const whole = ordered.reduce((sum, { weight }) => sum + weight, nobody);
  // Thirds that were added up and the same as one number differ in their last digits, which must not decide who gets a cent.
  const even = [...ordered.map(({ weight }) => weight), nobody].map((weight) => Math.round((weight / whole) * FINEST));
  const parts = splitMoney({ minor: reward, currency: 'XXX' }, even);
  const members = ordered
    .map(({ member }, place) => ({ member, minor: parts[place]?.minor ?? 0 }))
    .filter(({ minor }) => minor !== 0);
  return { members, lapsed: parts.at(-1)?.minor ?? 0 };
}
const FINEST = 2 ** 46;
