import { streamEvent } from '#event-store/run-decider.js';
import { instantText } from '#kernel/time.js';
import { instantOf, positionOfQuery, refuseUnknown, type Query } from '#platform/questions/query-parameters.js';
import { asOf, type AsOf, type ReadSide } from '#platform/questions/read-side.js';
import { MARGINS_STREAM, type MarginEvent, type ProductMargin } from '../../events/margin-events.js';
import { evolveMargins, type MarginTables } from '../../margins.js';

export interface MarginsAnswer {
  readonly asOf: AsOf;
  /** In order of their definition; for the payments of a day the one holds that begins last, of several the latest. */
  readonly versions: readonly {
    readonly version: number;
    readonly effectiveFrom: string;
    readonly margins: readonly ProductMargin[];
    readonly otherwise: string | null;
    readonly definedAt: string;
    readonly definedBy: string;
  }[];
}

/** What `GET /definitions/margin` answers, from the ledger itself. */
export async function answerMargins({ eventStore }: ReadSide, query: Query): Promise<MarginsAnswer> {
  refuseUnknown(query, ['minPosition', 'knownAt']);
  positionOfQuery(query, 'minPosition'); // the ledger itself is never behind
  const knownAt = instantOf(query, 'knownAt') ?? null;
  const upTo = knownAt === null ? await eventStore.head() : await eventStore.positionAt(knownAt);
  const events = await eventStore.readStream(MARGINS_STREAM, { upTo });
  const tables = events.reduce<MarginTables>(
    (known, event) => evolveMargins(known, streamEvent<MarginEvent>(event)),
    [],
  );
  return {
    asOf: await asOf(eventStore, upTo, knownAt),
    versions: tables.map(({ definedAt, ...table }) => ({ ...table, definedAt: instantText(definedAt) })),
  };
}
