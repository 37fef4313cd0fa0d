import type { FastifyReply } from 'fastify';
import type { Query } from '#platform/questions/query-parameters.js';

/** The answer as it is, or with `format=csv` its rows as a CSV file. */
export function rendered<A>(query: Query, answer: A, csv: (answer: A) => string, reply: FastifyReply): A | string {
  if (query['format'] !== 'csv') return answer;
  reply.type('text/csv; charset=utf-8');
  return csv(answer);
}
