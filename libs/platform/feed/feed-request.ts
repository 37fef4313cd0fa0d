import { malformed } from '#kernel/errors.js';
import type { PublicContract } from '#publishing/public-contract.js';
import { integerOf, refuseUnknown, valueOf, valuesOf, type Query } from '../questions/query-parameters.js';

export interface FeedRequest {
  readonly format: 'sse' | 'ndjson';
  readonly after: string | undefined;
  /** As the ledger names them. */
  readonly types: readonly string[];
  /** Of NDJSON. */
  readonly limit: number;
}

const USUAL_LIMIT = 1_000;
const MOST = 10_000;

/** What a request for the feed asks for. Throws `QUERY.*`. */
export function feedRequest(
  query: Query,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  contract: PublicContract,
): FeedRequest {
  refuseUnknown(query, ['after', 'type', 'format', 'limit']);
  const format = formatOf(valueOf(query, 'format'), String(headers['accept'] ?? ''));
  const limit = integerOf(query, 'limit', 1, MOST);
  if (limit !== undefined && format === 'sse') throw malformed('QUERY.BAD_PARAMETER', 'limit is for format=ndjson');
  const types = valuesOf(query, 'type');
  const unknown = types.find((type) => contract.of(type) === undefined);
  if (unknown !== undefined) {
    throw malformed(
      'QUERY.BAD_PARAMETER',
      `type takes a public event such as lead.created (GET /asyncapi.json names them); "${unknown.slice(0, 64)}" is none`,
    );
  }
  return {
    format,
    // A browser that comes back names the last event that it has seen, whatever its address says.
    after: single(headers['last-event-id']) ?? valueOf(query, 'after'),
    types: types.length === 0 ? contract.types : types,
    limit: limit ?? USUAL_LIMIT,
  };
}

function formatOf(named: string | undefined, accept: string): FeedRequest['format'] {
  if (named === 'sse' || named === 'ndjson') return named;
  if (named !== undefined) throw malformed('QUERY.BAD_PARAMETER', 'format takes sse or ndjson');
  return accept.includes('application/x-ndjson') ? 'ndjson' : 'sse';
}

const single = (header: string | string[] | undefined): string | undefined => [header].flat()[0];
