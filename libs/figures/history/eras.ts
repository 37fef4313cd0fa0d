import type { Instant } from '#kernel/time.js';
import { customEntries, sameDims, tuple, type Custom, type Dims } from './dimensions.js';
import type { Assignment, AttributeChange, DealEra, DealHistory, LeadEra, LeadHistory, OwnDims } from './history.js';
import { before, type Ordered } from './order.js';
import { firstTouch } from './touches.js';

type LeadSources = Omit<LeadHistory, 'eras'>;

/**
 * Origin: the given value, else the first touch's, whenever it was learned. Owner and team: the last assignment at or before the moment.
 * Segment, country, product and others: as created, changed from the occurredAt of each change. Tuples equal to one of `former` are that one.
 */
export function leadEras(lead: LeadSources, former: readonly LeadEra[]): readonly LeadEra[] {
  const touch = firstTouch(lead.touches);
  const given = lead.given;
  const origin = [
    given.channel ?? touch?.channel ?? null,
    given.campaign ?? touch?.campaign ?? null,
    given.content ?? touch?.content ?? null,
    given.source ?? touch?.source ?? null,
  ];
  let { segment, country, product, custom } = lead.baseline;
  let assignment: Assignment | null = null;
  const eras: LeadEra[] = [];
  const push = (start: Instant): void => {
    const dims = tuple(
      [...origin, assignment?.owner ?? null, assignment?.team ?? null, segment, country, product, null, null],
      customEntries(custom),
    );
    if (eras.at(-1)?.start === start) eras.pop();
    eras.push({ start, dims });
  };
  push(-Infinity);
  for (const turn of merged(lead.assignments, lead.changes)) {
    if (isAssignment(turn)) assignment = turn;
    else {
      if (turn.segment !== undefined) segment = turn.segment;
      if (turn.country !== undefined) country = turn.country;
      if (turn.product !== undefined) product = turn.product;
      if (turn.custom !== undefined) custom = changedCustom(custom, turn.custom);
    }
    push(turn.at);
  }
  return reuse(eras, former);
}

export const NOBODY: Dims = tuple([null, null, null, null, null, null, null, null, null, null, null], null);

export function dimsAt(eras: readonly LeadEra[], at: Instant): Dims {
  for (let i = eras.length - 1; i >= 0; i--) {
    const era = eras[i];
    if (era !== undefined && era.start <= at) return era.dims;
  }
  return NOBODY;
}

export function dealEras(deal: Omit<DealHistory, 'eras'>): readonly DealEra[] {
  const { segment, country, custom } = deal.baseline;
  let { product, stage } = deal.baseline;
  let assignment: Assignment | null = null;
  const eras: DealEra[] = [];
  const push = (start: Instant): void => {
    if (eras.at(-1)?.start === start) eras.pop();
    const own = {
      owner: assignment?.owner ?? null,
      team: assignment?.team ?? null,
      segment,
      country,
      product,
      stage,
      kind: deal.kind,
      custom,
    };
    eras.push({ start, own, merged: null });
  };
  push(-Infinity);
  for (const turn of merged(deal.assignments, merged(deal.products, deal.stages))) {
    if ('owner' in turn) assignment = turn;
    else if ('product' in turn) product = turn.product;
    else stage = turn.stage;
    push(turn.at);
  }
  return eras;
}

/** Every dimension from the deal, where it has none from the lead; owner and team go together. */
export function dealDimsAt(deal: DealHistory, lead: readonly LeadEra[], at: Instant): Dims {
  const from = dimsAt(lead, at);
  for (let i = deal.eras.length - 1; i >= 0; i--) {
    const era = deal.eras[i];
    if (era === undefined || era.start > at) continue;
    if (era.merged?.from !== from) era.merged = { from, dims: mergedDims(era.own, from) };
    return era.merged.dims;
  }
  return from;
}

function mergedDims(own: OwnDims, lead: Dims): Dims {
  // By place in `DIMENSIONS`; taking the list apart by name costs more than the rest of a deal's event.
  const { values } = lead;
  const ownsIt = own.owner !== null || own.team !== null;
  return tuple(
    [
      values[0] ?? null,
      values[1] ?? null,
      values[2] ?? null,
      values[3] ?? null,
      ownsIt ? own.owner : (values[4] ?? null),
      ownsIt ? own.team : (values[5] ?? null),
      own.segment ?? values[6] ?? null,
      own.country ?? values[7] ?? null,
      own.product ?? values[8] ?? null,
      own.stage,
      own.kind,
    ],
    lead.custom === null
      ? customEntries(own.custom)
      : customEntries({ ...Object.fromEntries(lead.custom), ...own.custom }),
  );
}

const isAssignment = (turn: Assignment | AttributeChange): turn is Assignment => 'owner' in turn;

function merged<A extends Ordered, B extends Ordered>(a: readonly A[], b: readonly B[]): readonly (A | B)[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return [...a, ...b].sort((x, y) => (before(x, y) ? -1 : 1));
}

function changedCustom(custom: Custom, change: Readonly<Record<string, string | null>>): Custom {
  const changed: Record<string, string> = { ...custom };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) Reflect.deleteProperty(changed, name);
    else changed[name] = value;
  }
  return changed;
}

/** The same tuple stays the same object, and eras that are all the same stay the same list: facts then need no comparing at all. */
function reuse(eras: LeadEra[], former: readonly LeadEra[]): readonly LeadEra[] {
  let same = eras.length === former.length;
  for (let i = 0; i < eras.length; i++) {
    const era = eras[i];
    if (era === undefined) continue;
    const dims = twin(former, former.length, era.dims) ?? twin(eras, i, era.dims);
    if (dims !== null) eras[i] = { start: era.start, dims };
    same &&= former[i]?.start === era.start && former[i]?.dims === dims;
  }
  return same ? former : eras;
}

function twin(eras: readonly LeadEra[], length: number, dims: Dims): Dims | null {
  for (let i = 0; i < length; i++) {
    const era = eras[i];
    if (era !== undefined && sameDims(era.dims, dims)) return era.dims;
  }
  return null;
}
