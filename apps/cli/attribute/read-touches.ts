import type { ModelNeed } from '#attribution/credit-models/rule-model.js';
import { preparePath, type Touch } from '#attribution/credit-models/touch-path.js';
import { momentReader } from '#imports/mapping/moments.js';
import { calendar } from '#kernel/calendar.js';
import { parseDay, type Instant } from '#kernel/time.js';
import { numberOrNothing, textIn } from './cells.js';
import type { AttributeFlags } from './describe-attribute.js';
import { defined } from './read-paths.js';
import { BadCell, tableFile, type TableSource, type WantedColumn } from './table-file.js';

interface Conversion {
  readonly at: Instant;
  readonly value: number;
  readonly leadCreatedAt: Instant | null;
  readonly opportunityAt: Instant | null;
}

interface Person {
  readonly touches: Touch[];
  readonly conversions: Conversion[];
}

/**
 * Reads touches and conversions by person. Each conversion is a path of its own over all of the person's touches at or before it; a person without
 * conversion is one path that did not convert, ending at the last touch.
 */
export async function readTouches(
  touchesPath: string,
  conversionsPath: string,
  source: TableSource,
): Promise<{ readonly needs: ReadonlySet<ModelNeed>; readonly hasValue: boolean }> {
  const people = new Map<string, Person>();
  const needs = new Set<ModelNeed>(['times']);
  if (await takeTouches(touchesPath, source, people)) needs.add('kinds');
  const known = await takeConversions(conversionsPath, source, people);
  if (known.hasLeadCreation) needs.add('leadCreation');
  if (known.hasOpportunity) needs.add('opportunity');
  addPaths(people, source);
  return { needs, hasValue: known.hasValue };
}

async function takeTouches(path: string, source: TableSource, people: Map<string, Person>): Promise<boolean> {
  const { flags, mapping } = source;
  const { person, at, channel, campaign, kind } = flags;
  const column = columnsOf({ ...mapping.touches, ...defined({ person, at, channel, campaign, kind }) });
  const file = await tableFile(
    path,
    {
      person: column('person', 'person', true),
      at: column('at', 'at', true),
      channel: column('channel', 'channel', true),
      campaign: column('campaign', 'campaign', flags.by === 'campaign'),
      kind: column('kind', 'kind', false),
    },
    source,
  );
  const moment = momentIn(flags, 'first instant of a day');
  await file.rows((cells, columns) => {
    const who = textIn(cells.person, columns.person);
    const when = moment(cells.at, columns.at);
    const name = textIn(cells.channel, columns.channel);
    personOf(people, who).touches.push({
      at: when,
      channel: flags.by === 'channel' ? name : cells.campaign === '' ? NO_CAMPAIGN : cells.campaign,
      kind: cells.kind === '' ? null : cells.kind,
    });
  });
  return file.has('kind');
}

/** Credit of touches that belong to no campaign. */
export const NO_CAMPAIGN = '(no campaign)';

async function takeConversions(
  path: string,
  source: TableSource,
  people: Map<string, Person>,
): Promise<{ readonly hasValue: boolean; readonly hasLeadCreation: boolean; readonly hasOpportunity: boolean }> {
  const { flags, mapping } = source;
  const { person, at, value, leadCreated, opportunity } = flags;
  const column = columnsOf({ ...mapping.conversions, ...defined({ person, at, value, leadCreated, opportunity }) });
  const file = await tableFile(
    path,
    {
      person: column('person', 'person', true),
      at: column('at', 'at', true),
      value: column('value', 'value', false),
      leadCreated: column('leadCreated', 'lead_created', false),
      opportunity: column('opportunity', 'opportunity_created', false),
    },
    source,
  );
  const moment = momentIn(flags, 'last instant of a day');
  await file.rows((cells, columns) => {
    const who = textIn(cells.person, columns.person);
    const conversion = {
      at: moment(cells.at, columns.at),
      value: numberOrNothing(cells.value, columns.value, flags.decimal),
      leadCreatedAt: cells.leadCreated === '' ? null : moment(cells.leadCreated, columns.leadCreated),
      opportunityAt: cells.opportunity === '' ? null : moment(cells.opportunity, columns.opportunity),
    };
    personOf(people, who).conversions.push(conversion);
  });
  return {
    hasValue: file.has('value'),
    hasLeadCreation: file.has('leadCreated'),
    hasOpportunity: file.has('opportunity'),
  };
}

/** By person and moment, so that the order of the rows changes nothing, not even the last digit of a sum. */
function addPaths(people: ReadonlyMap<string, Person>, { builder, options }: TableSource): void {
  for (const [, { touches, conversions }] of [...people].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const { at, value, ...milestones } of conversions.sort((a, b) => a.at - b.at || a.value - b.value)) {
      const path = preparePath({ ...milestones, touches, closedAt: at }, options);
      builder.add(path, { conversions: 1, value, nulls: 0 });
    }
    if (conversions.length > 0) continue;
    const closedAt = touches.reduce((latest, { at }) => Math.max(latest, at ?? latest), -Infinity);
    const open = preparePath({ touches, closedAt, leadCreatedAt: null, opportunityAt: null }, options);
    builder.add(open, { conversions: 0, value: 0, nulls: 1 });
  }
}

/** A day without time: a touch is taken for its first instant, a conversion for its last, so that a touch of the same day precedes it. */
function momentIn(flags: AttributeFlags, ofDay: 'first instant of a day' | 'last instant of a day') {
  const zone = calendar(flags.timeZone, '01-01');
  const rules = { organisation: zone, zone, ...(flags.dateLayout === undefined ? {} : { layout: flags.dateLayout }) };
  const read = momentReader(rules);
  return (cell: string, column: string): Instant => {
    const at = read(textIn(cell, column));
    if (at === null)
      throw new BadCell(
        column,
        `"${cell}" is not a date or time; 2026-03-01T09:30:00Z is, and --date-layout names another layout`,
      );
    const isDay = parseDay(cell) !== null || (flags.dateLayout !== undefined && !/\d:\d/.test(cell));
    return isDay && ofDay === 'last instant of a day' ? zone.startOfDay(zone.dayOf(at) + 1) - 1 : at;
  };
}

export const columnsOf =
  (named: Readonly<Record<string, string>>) =>
  (key: string, usual: string, isNeeded: boolean): WantedColumn => ({
    name: named[key] ?? usual,
    option: `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} or --mapping`,
    isNeeded: isNeeded || named[key] !== undefined,
  });

function personOf(people: Map<string, Person>, name: string): Person {
  let person = people.get(name);
  if (person === undefined) {
    person = { touches: [], conversions: [] };
    people.set(name, person);
  }
  return person;
}
