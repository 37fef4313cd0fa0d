import { isDeepStrictEqual } from 'node:util';
import type { DealEvent } from '#deals/events/deal-events.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Money, Rate } from '#kernel/money.js';
import type { LeadDetailsChangedData, LeadEvent, Person } from '#leads/events/lead-events.js';
import type { DealValues, LeadValues } from './step.js';

/** What a source wrote last about a lead, folded from its own events; null where it never created it (the row is an alias of another's lead). */
export function writtenLead(own: readonly RecordedEvent[]): LeadValues | null {
  let values: LeadValues | null = null;
  for (const recorded of own) {
    const event = { type: recorded.type, data: recorded.data() } as LeadEvent; // a lead's stream
    values = leadAfter(values, event);
  }
  return values;
}

function leadAfter(values: LeadValues | null, event: LeadEvent): LeadValues | null {
  if (event.type === 'lead.created') {
    const { externalIds: _links, ownerTeam: _team, assumed: _assumed, channelRule, ...created } = event.data;
    // What rules chose, the source did not say.
    return channelRule === null ? created : { ...created, channel: null };
  }
  if (values === null) return null;
  if (event.type === 'lead.details-changed') {
    const { person, dimensions, externalIds: _links, assumed: _assumed, ...plain } = event.data;
    return {
      ...values,
      ...plain,
      person: changedPerson(values.person, person),
      dimensions: changedDimensions(values.dimensions, dimensions),
    };
  }
  return event.type === 'lead.assigned' ? { ...values, owner: event.data.owner } : values;
}

export interface LeadDifference {
  /** null: nothing to change. */
  readonly details: LeadDetailsChangedData | null;
  /** undefined: unchanged. */
  readonly owner: string | null | undefined;
}

/** Only what the source says differently than last time: what others have changed since stays. */
export function leadDifference(written: LeadValues, wanted: LeadValues): LeadDifference {
  const { person, dimensions, owner, ...plain } = wanted;
  const details: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(plain))
    if (value !== written[name as keyof typeof plain]) details[name] = value; // names of `plain`
  const changedPerson = membersChanged(written.person ?? NOBODY, person ?? NOBODY);
  if (changedPerson !== null) details['person'] = changedPerson;
  const changedDimensions = membersChanged(written.dimensions, dimensions);
  if (changedDimensions !== null) details['dimensions'] = changedDimensions;
  return {
    details: Object.keys(details).length === 0 ? null : details, // members of LeadDetailsChangedData by construction
    owner: owner === written.owner ? undefined : owner,
  };
}

const NOBODY: Person = { email: null, firstName: null, lastName: null, phone: null };

function membersChanged(
  before: Readonly<Record<string, string | null>> | Person,
  after: Readonly<Record<string, string | null>> | Person,
): Record<string, string | null> | null {
  const old = new Map(Object.entries(before));
  const now = new Map(Object.entries(after));
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter(
    (key) => (old.get(key) ?? null) !== (now.get(key) ?? null),
  );
  return changed.length === 0 ? null : Object.fromEntries(changed.map((key) => [key, now.get(key) ?? null]));
}

const changedPerson = (person: Person | null, change: Partial<Person> | undefined): Person | null =>
  change === undefined ? person : { ...(person ?? NOBODY), ...change };

const changedDimensions = (
  known: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string | null>> | undefined,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ ...known, ...change }).filter((entry): entry is [string, string] => entry[1] !== null),
  );

/** What a source wrote last about a deal's fields, folded from its own events; null where it did not open it. */
export function writtenDeal(own: readonly RecordedEvent[]): DealValues | null {
  let values: DealValues | null = null;
  for (const recorded of own) {
    const event = { type: recorded.type, data: recorded.data() } as DealEvent; // a deal's stream
    values = dealAfter(values, event);
  }
  return values;
}

function dealAfter(values: DealValues | null, event: DealEvent): DealValues | null {
  if (event.type === 'deal.opened') {
    const { rate, assumed: _assumed, ownerTeam: _team, ...values } = event.data;
    return { ...values, ...(rate === null ? {} : { rate }) };
  }
  if (values === null) return null;
  switch (event.type) {
    case 'deal.amended': {
      const { value = values.value, product = values.product, expectedCloseOn = values.expectedCloseOn } = event.data;
      return { ...rated(values, event.data), value, product, expectedCloseOn };
    }
    case 'deal.advanced':
      return { ...rated(values, event.data), stage: event.data.stage, value: event.data.value ?? values.value };
    case 'deal.assigned':
      return { ...values, owner: event.data.owner };
    default:
      return values;
  }
}

/** The rate belongs to the value: a new value brings its own, or needs none. */
function rated(
  values: DealValues,
  { value, rate }: { readonly value?: Money | null; readonly rate?: Rate | null },
): DealValues {
  if (value == null && rate == null) return values;
  const { rate: _before, ...rest } = values;
  return { ...rest, ...(rate == null ? {} : { rate }) };
}

export interface DealDifference {
  readonly amend: {
    readonly value?: Money | null;
    readonly rate?: Rate | null;
    readonly product?: string | null;
    readonly expectedCloseOn?: string | null;
  } | null;
  readonly stage: string | undefined;
  readonly owner: string | null | undefined;
  /** Fields that differ and that no command changes: they are listed, never guessed. */
  readonly fixed: readonly string[];
}

/** A stage that the row does not tell is no change. */
export function dealDifference(written: DealValues, wanted: DealValues): DealDifference {
  const amend: { value?: Money | null; rate?: Rate | null; product?: string | null; expectedCloseOn?: string | null } =
    {};
  if (!isDeepStrictEqual([wanted.value, wanted.rate], [written.value, written.rate])) {
    amend.value = wanted.value;
    if (wanted.rate !== undefined) amend.rate = wanted.rate;
  }
  if (wanted.product !== written.product) amend.product = wanted.product;
  if (wanted.expectedCloseOn !== written.expectedCloseOn) amend.expectedCloseOn = wanted.expectedCloseOn;
  const fixed: string[] = (['kind', 'account', 'segment', 'country'] as const).filter(
    (name) => wanted[name] !== written[name],
  );
  const dimensions = membersChanged(written.dimensions, wanted.dimensions);
  if (dimensions !== null) fixed.push(...Object.keys(dimensions).map((name) => `dimension.${name}`));
  return {
    amend: Object.keys(amend).length === 0 ? null : amend,
    stage: wanted.stage === null || wanted.stage === written.stage ? undefined : wanted.stage,
    owner: wanted.owner === written.owner ? undefined : wanted.owner,
    fixed,
  };
}
