import { dealStream } from '#deals/events/deal-events.js';
import type { EventStore } from '#event-store/event-store.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { malformed } from '#kernel/errors.js';
import { minorText } from '#kernel/money.js';
import { didYouMean } from '#kernel/near-match.js';
import { positionOf, positionText } from '#kernel/position.js';
import { instantText, parseInstant, type Instant } from '#kernel/time.js';
import { integerOf, type Query } from '#platform/questions/query-parameters.js';
import { asOf, type AsOf, type Warning } from '#platform/questions/read-side.js';
import type { Cause } from '../contribution/cause.js';
import { changes, type Movement } from './changes.js';
import { figures, reportHead, type MetricHeading, type ReportHead } from './figures.js';
import { METRICS, type MetricDefinition } from './metrics.js';
import { commonParameters, parameterReader, type ParameterReader } from './parameters.js';
import { look, type FiguresDeps } from './sight.js';
import type { DurationUnit } from './formulas.js';
import type { Value } from './values.js';

/** By how much a figure moved: a count, money as a decimal text, of a ratio its two parts, of a duration how many were measured and their sum. */
export type MovementValue =
  | number
  | string
  | { readonly numerator: number | string; readonly denominator: number | string }
  | { readonly unit: DurationUnit; readonly count: number; readonly sum: number };

export interface ChangedBy {
  readonly eventId: string;
  readonly type: string;
  readonly position: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: { readonly id: string; readonly team: string };
  /** null: of a deal that has none. */
  readonly lead: string | null;
  /** null: an event of the lead itself. */
  readonly deal: string | null;
  readonly change: MovementValue;
}

export interface ChangesAnswer extends ReportHead {
  /** The earlier moment; `asOf` is the later one. */
  readonly since: AsOf;
  readonly metric: MetricHeading;
  readonly before: Value;
  readonly after: Value;
  /** The greatest movement first. `items` are the events that moved it most, `events` how many there are in all. */
  readonly changes: readonly {
    readonly cause: Cause;
    readonly change: MovementValue;
    readonly events: number;
    readonly items: readonly ChangedBy[];
  }[];
  readonly warnings: readonly Warning[];
}

const USUAL_ITEMS = 20;
const MOST_ITEMS = 200;

/**
 * What `GET /figures/changes` answers: why a figure is another one than it was known to be at `knownFrom`, cause by cause, with the events and
 * leads behind. Throws 400 `QUERY.*`, 503 `READ_MODEL.BEHIND`.
 */
export async function answerChanges(deps: FiguresDeps, raw: Query): Promise<ChangesAnswer> {
  const reader = parameterReader(raw);
  const own = ['metric', 'knownFrom', 'limit'];
  const parameters = commonParameters(raw, reader, own, deps.organisation.fiscalYearStart, ['grain', 'by']);
  const metric = readMetric(reader);
  const knownFrom = readKnownFrom(reader);
  reader.finish();
  const limit = integerOf(raw, 'limit', 1, MOST_ITEMS) ?? USUAL_ITEMS;
  const earlier = await deps.eventStore.positionAt(knownFrom);
  const sight = await look(deps, parameters);
  if (earlier > positionOf(sight.upTo))
    throw malformed('QUERY.BAD_INSTANT', 'knownFrom lies after knownAt, or after what the figures hold so far');
  const total = async (upTo: number): Promise<Awaited<ReturnType<typeof figures>>> =>
    figures(deps, { ...sight, upTo }, { ...parameters, grain: 'total', by: [] }, [metric]);
  const [before, after] = [await total(Number(earlier)), await total(sight.upTo)];
  const { period: days, filters } = parameters;
  const found = await changes(sight, { metric, after: Number(earlier), upTo: sight.upTo, days, filters });
  const wire = (movement: Movement): MovementValue => movementValue(metric, movement, deps.organisation.currency);
  const listed = [];
  for (const { cause, events, ...movement } of found) {
    const items: ChangedBy[] = [];
    for (const { position, ...moved } of events.slice(0, limit)) {
      const event = await eventAt(deps.eventStore, position);
      if (event !== null) items.push({ ...described(event), change: wire(moved) });
    }
    listed.push({ cause, change: wire(movement), events: events.length, items });
  }
  const { id, version, name, unit } = metric;
  return {
    ...reportHead(deps, sight, parameters.period),
    since: await asOf(deps.eventStore, earlier, knownFrom),
    metric: { id, version, name, unit },
    before: before.total[id] ?? null,
    after: after.total[id] ?? null,
    changes: listed,
    warnings: after.warnings,
  };
}

function readMetric(reader: ParameterReader): MetricDefinition {
  const id = reader.one('metric');
  const metric = METRICS.get(id ?? '');
  if (id === null)
    reader.wrong('metric', 'QUERY.METRICS_MISSING', 'metric names the figure that changed, e.g. metric=won');
  else if (metric === undefined) {
    const near = didYouMean(id, METRICS.keys());
    reader.wrong('metric', 'QUERY.UNKNOWN_METRIC', `"${id}" is not a metric${near}; GET /glossary lists them`);
  }
  return metric ?? ANY_METRIC;
}

function readKnownFrom(reader: ParameterReader): Instant {
  const text = reader.one('knownFrom');
  // A "+" in a query stands for a space, so that an unescaped offset arrives with one.
  const instant = text === null ? null : parseInstant(text.replace(' ', '+'));
  if (instant === null)
    reader.wrong('knownFrom', 'QUERY.BAD_INSTANT', 'knownFrom is the earlier moment, e.g. 2026-03-01T09:30:00Z');
  return instant ?? 0;
}

/** Stands in until `finish` has thrown. */
const ANY_METRIC: MetricDefinition = [...METRICS.values()][0] as MetricDefinition; // there are metrics

function movementValue(
  { formula }: MetricDefinition,
  { count, value, below }: Movement,
  currency: string,
): MovementValue {
  switch (formula.kind) {
    case 'count':
      return count;
    case 'sum':
      return value;
    case 'money-per':
      return { numerator: minorText(value, currency), denominator: below };
    case 'return':
      return { numerator: minorText(value, currency), denominator: minorText(below, currency) };
    case 'money':
      return minorText(value, currency);
    case 'ratio':
      return { numerator: count, denominator: below };
    case 'duration':
      return { unit: formula.unit, count, sum: value };
  }
}

async function eventAt(store: EventStore, position: number): Promise<RecordedEvent | null> {
  const at = positionOf(position);
  for await (const { events } of store.readAll({ after: positionOf(position - 1), upTo: at, pageSize: 1 })) {
    const event = events.find((one) => one.position === at);
    if (event !== undefined) return event;
  }
  return null;
}

const DEAL = dealStream('');

const described = (event: RecordedEvent): Omit<ChangedBy, 'change'> => ({
  eventId: event.eventId,
  type: event.type,
  position: positionText(event.position),
  occurredAt: instantText(event.occurredAt),
  recordedAt: instantText(event.recordedAt),
  actor: event.actor,
  lead: event.leadId,
  deal: event.stream.startsWith(DEAL) ? event.stream.slice(DEAL.length) : null,
});
