import type { ExternalId, LeadCreatedData, LeadDetails, LeadDetailsChangedData, Person } from './events/lead-events.js';

export const NO_PERSON: Person = { email: null, firstName: null, lastName: null, phone: null };

export const NO_DETAILS: LeadDetails = {
  person: null,
  company: null,
  externalIds: [],
  channel: null,
  source: null,
  medium: null,
  campaign: null,
  content: null,
  segment: null,
  country: null,
  product: null,
  dimensions: {},
};

/** The plain fields that a change replaces as a whole. */
export const DETAIL_FIELDS = [
  'company',
  'channel',
  'source',
  'medium',
  'campaign',
  'content',
  'segment',
  'country',
  'product',
] as const;

export type DetailsEvent =
  | { readonly type: 'lead.created'; readonly data: LeadCreatedData }
  | { readonly type: 'lead.details-changed'; readonly data: LeadDetailsChangedData };

/** The details after an event: `externalIds` is replaced as a whole, person and dimensions member by member. */
export function detailsAfter(details: LeadDetails, event: DetailsEvent): LeadDetails {
  if (event.type === 'lead.created') {
    const { data } = event;
    // Named one by one: taking the rest of an object is many times as slow.
    return {
      person: data.person,
      company: data.company,
      externalIds: data.externalIds,
      channel: data.channel,
      source: data.source,
      medium: data.medium,
      campaign: data.campaign,
      content: data.content,
      segment: data.segment,
      country: data.country,
      product: data.product,
      dimensions: data.dimensions,
    };
  }
  const { person, dimensions, assumed: _assumed, ...plain } = event.data;
  return {
    ...details,
    ...plain,
    person: person === undefined ? details.person : { ...(details.person ?? NO_PERSON), ...person },
    dimensions: dimensions === undefined ? details.dimensions : withDimensions(details.dimensions, dimensions),
  };
}

/**
 * What of `wanted` differs from what is known, in the shape of the event; null when nothing does.
 */
export function detailsDifference(details: LeadDetails, wanted: LeadDetailsChangedData): LeadDetailsChangedData | null {
  const changed: { -readonly [Field in keyof LeadDetailsChangedData]: LeadDetailsChangedData[Field] } = {};
  for (const field of DETAIL_FIELDS) {
    const value = wanted[field];
    if (value !== undefined && value !== details[field]) changed[field] = value;
  }
  const person = memberDifference(details.person ?? NO_PERSON, wanted.person ?? {});
  if (person !== null) changed.person = person;
  const dimensions = memberDifference(details.dimensions, wanted.dimensions ?? {});
  if (dimensions !== null) changed.dimensions = dimensions;
  if (wanted.externalIds !== undefined && !sameIds(wanted.externalIds, details.externalIds)) {
    changed.externalIds = wanted.externalIds;
  }
  return Object.keys(changed).length === 0 ? null : changed;
}

export const hasExternalId = (ids: readonly ExternalId[], wanted: ExternalId): boolean =>
  ids.some((one) => one.system === wanted.system && one.id === wanted.id);

const sameIds = (some: readonly ExternalId[], others: readonly ExternalId[]): boolean =>
  some.length === others.length && some.every((one) => hasExternalId(others, one));

/** Absent and null mean the same: no value. */
function memberDifference<Value>(
  known: Readonly<Partial<Record<string, Value | null>>> | Person,
  wanted: Readonly<Record<string, Value | null | undefined>> | Partial<Person>,
): Record<string, Value | null> | null {
  const before = new Map<string, unknown>(Object.entries(known));
  const changed = Object.entries(wanted).filter(
    (entry): entry is [string, Value | null] => entry[1] !== undefined && entry[1] !== (before.get(entry[0]) ?? null),
  );
  return changed.length === 0 ? null : Object.fromEntries(changed);
}

function withDimensions(
  known: Readonly<Record<string, string>>,
  changed: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries({ ...known, ...changed }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
