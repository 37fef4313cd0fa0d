import type { EventStore } from '#event-store/event-store.js';
import { malformed } from '#kernel/errors.js';
import { didYouMean } from '#kernel/near-match.js';
import { START, type Position } from '#kernel/position.js';
import { instantText, parseInstant, type Instant } from '#kernel/time.js';
import {
  asOf as asOfPosition,
  stallWarning,
  WAIT_MS,
  type AsOf,
  type ReadSide,
  type Warning,
} from '#platform/questions/read-side.js';
import type { ReadStore, Stall } from '#read-store/read-store.js';
import { waitFor } from '#subscriptions/progress.js';
import { DIMENSION_VIEW } from '../blocks/fact-log.js';
import { FIGURES_FACTS, type FactSpace } from '../blocks/fact-space.js';
import { factsReaderOf, type FactsReader, type Pin } from '../facts-reader.js';
import { filterWarnings } from './filter-values.js';
import { COMMON_PARAMETERS, type CommonParameters } from './parameters.js';

/** What every report is answered from. */
export interface FiguresDeps extends ReadSide {
  /** How long a question waits for `minPosition` or `knownAt`, ms. */
  readonly timeoutMs?: number;
}

/** The ledger as a question sees it: pinned generation, position, and what "now" is there. */
export interface Sight {
  readonly reader: FactsReader;
  readonly pin: Pin;
  /** Facts up to here count. */
  readonly upTo: number;
  readonly asOf: AsOf;
  /** knownAt, else the recordedAt of the answer's position; null while the ledger is empty. */
  readonly now: Instant | null;
  readonly warnings: readonly Warning[];
}

/**
 * Waits until the facts of `space` hold what was asked for. With `knownAt` the answer holds exactly its position; live it holds at least what `asOf`
 * says. Throws 503 `READ_MODEL.BEHIND`, 400 for a moment in the future and for dimensions that nothing ever had.
 */
export async function look(
  deps: FiguresDeps,
  parameters: Pick<CommonParameters, 'knownAt' | 'minPosition' | 'by' | 'filters'>,
  space: FactSpace = FIGURES_FACTS,
): Promise<Sight> {
  const { eventStore, readStore, timeoutMs = WAIT_MS } = deps;
  const { knownAt, minPosition } = parameters;
  const known = knownAt === null ? null : await eventStore.positionAt(knownAt);
  await waitFor(readStore, eventStore, [space.processor], latest(known, minPosition), timeoutMs);
  const status = (await readStore.status([space.processor])).find(({ active }) => active);
  const checkpoints = (status?.checkpoints ?? []).map((position) => position ?? START);
  const stalls = status?.stalled ?? [];
  const least = leastOf(checkpoints);
  // Lanes that stand still do not hold back the others.
  const going = checkpoints.filter((_, lane) => stalls[lane] == null);
  const upTo = known ?? (going.length === 0 ? least : leastOf(going));
  const asOf = known ?? least;
  const pin = { generation: status?.generation ?? 0, checkpoints: checkpoints.map(Number) };
  const names = [...parameters.by, ...parameters.filters.keys()];
  await assertDimensions(readStore, space, pin.generation, names, parameters.by);
  const head = await asOfPosition(eventStore, asOf, knownAt);
  const sight = {
    reader: factsReaderOf(readStore, space, eventStore.positionsPerEvent),
    pin,
    upTo: Number(upTo),
    asOf: head,
    now: knownAt ?? (head.recordedAt === null ? null : parseInstant(head.recordedAt)),
    warnings: [...(await beforeFirst(eventStore, knownAt)), ...stalledLanes(space.processor, stalls, known)],
  };
  if (space !== FIGURES_FACTS) return sight;
  return { ...sight, warnings: [...sight.warnings, ...(await filterWarnings(sight, parameters.filters))] };
}

const latest = (a: Position | null, b: Position | null): Position | null =>
  a === null ? b : b === null || a > b ? a : b;

const leastOf = (positions: readonly Position[]): Position =>
  positions.reduce<Position | null>(
    (least, position) => (least === null || position < least ? position : least),
    null,
  ) ?? START;

async function beforeFirst(eventStore: EventStore, knownAt: Instant | null): Promise<readonly Warning[]> {
  if (knownAt === null) return [];
  const first = await eventStore.firstRecordedAt();
  if (first === null) return [{ code: 'BEFORE_FIRST_RECORD', detail: 'This ledger holds nothing yet.' }];
  if (knownAt >= first) return [];
  return [
    {
      code: 'BEFORE_FIRST_RECORD',
      detail: `The first record was made at ${instantText(first)}; nothing was known before.`,
    },
  ];
}

/** An answer whose position lies before the event that a lane stopped at misses nothing. */
function stalledLanes(processor: string, stalls: readonly (Stall | null)[], known: Position | null): Warning[] {
  return stalls.flatMap((stall, lane) => {
    if (stall === null || (known !== null && known < BigInt(stall.position))) return [];
    return [stallWarning({ processor, lane, ...stall })];
  });
}

/** A name that is no named dimension must be one that some lead or deal ever had; else it is a typing error. */
async function assertDimensions(
  readStore: ReadStore,
  { processor, dimensions, further = [] }: FactSpace,
  generation: number,
  names: readonly string[],
  by: readonly string[],
): Promise<void> {
  const unknown = names.filter((name) => !dimensions.includes(name) && !further.includes(name));
  if (unknown.length === 0) return;
  const stored = await readStore.range<{ readonly name: string }>(processor, generation, DIMENSION_VIEW, '', '\uffff');
  const custom = new Set(stored.map(({ document }) => document.name));
  const wrong = unknown.find((name) => !custom.has(name));
  if (wrong === undefined) return;
  const known = [...dimensions, ...further, ...custom];
  if (by.includes(wrong))
    throw malformed(
      'QUERY.UNKNOWN_DIMENSION',
      `by: no lead or deal has a dimension "${wrong}"${didYouMean(wrong, known)}`,
    );
  const near = didYouMean(wrong, [...REPORT_PARAMETERS, ...known]);
  const detail = `"${wrong}" is neither a parameter of this report nor a dimension${near}`;
  throw malformed('QUERY.UNKNOWN_PARAMETER', detail, [
    { pointer: `/${wrong}`, code: 'QUERY.UNKNOWN_PARAMETER', detail },
  ]);
}
/** Those of all reports, for suggestions. */
const REPORT_PARAMETERS = [...COMMON_PARAMETERS, 'metrics', 'stages', 'mode', 'horizonDays'];
