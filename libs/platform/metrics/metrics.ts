import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FastifyInstance } from 'fastify';
import type { EventStore } from '#event-store/event-store.js';
import type { ReadStore } from '#read-store/read-store.js';
import { projectionStatus } from '#subscriptions/progress.js';

/** What `/metrics` shows, in the Prometheus text format. One registry an app: several in a process do not mix. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** Measures every request by its route (never by its path: ids would make a series each). */
  watchHttp(fastify: FastifyInstance): void;
  /** Counts appended events by type. */
  watchAppends(store: EventStore): EventStore;
}

/** Nest injection token. */
export const METRICS = Symbol('Metrics');

export function newMetrics(sources: () => { readonly eventStore: EventStore; readonly readStore: ReadStore }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'concord_http_request_duration_seconds',
    help: 'Time from a request to its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const appended = new Counter({
    name: 'concord_events_appended_total',
    help: 'Events appended by this process.',
    labelNames: ['type'],
    registers: [registry],
  });
  const position = new Gauge({
    name: 'concord_ledger_position',
    help: 'Position of the last event.',
    registers: [registry],
  });
  const lag = new Gauge({
    name: 'concord_projection_lag',
    help: 'Positions between a lane of an active projection and the head of the ledger.',
    labelNames: ['processor', 'lane'],
    registers: [registry],
  });
  const stalled = new Gauge({
    name: 'concord_projection_stalled',
    help: '1 where a lane stands still at an event.',
    labelNames: ['processor', 'lane'],
    registers: [registry],
  });

  // Finding a series by its labels costs more than counting in it.
  const ofType = remembered((type: string) => appended.labels(type));
  const ofRoute = remembered((method: string, route: string, status: string) => seconds.labels(method, route, status));

  async function readGauges(): Promise<void> {
    const { eventStore, readStore } = sources();
    position.set(Number(await eventStore.head()));
    for (const { processor, active, lanes } of await projectionStatus(eventStore, readStore)) {
      if (!active) continue;
      for (const { lane, behind, stalled: stall } of lanes) {
        lag.set({ processor, lane }, behind);
        stalled.set({ processor, lane }, stall === null ? 0 : 1);
      }
    }
  }

  return {
    contentType: registry.contentType,
    async text() {
      await readGauges();
      return registry.metrics();
    },
    watchHttp(fastify) {
      fastify.addHook('onResponse', (request, reply, done) => {
        const route = request.routeOptions.url ?? 'none';
        ofRoute(request.method, route, String(reply.statusCode)).observe(reply.elapsedTime / 1000);
        done();
      });
    },
    watchAppends: (store) => ({
      ...delegate(store),
      async append(stream, events, options) {
        const result = await store.append(stream, events, options);
        if (!result.repeated) for (const { type } of events) ofType(type).inc();
        return result;
      },
    }),
  };
}

/** Every member bound to the store, whatever it is made of. */
const delegate = (store: EventStore): EventStore => ({
  ledgerId: store.ledgerId,
  append: (...given) => store.append(...given),
  read: (...given) => store.read(...given),
  readStream: (...given) => store.readStream(...given),
  readAll: (...given) => store.readAll(...given),
  subscribe: (...given) => store.subscribe(...given),
  head: () => store.head(),
  positionAt: (moment) => store.positionAt(moment),
  recordedAtOf: (at) => store.recordedAtOf(at),
  firstRecordedAt: () => store.firstRecordedAt(),
  streamsOfLead: (leadId) => store.streamsOfLead(leadId),
  schemaVersionOf: (type) => store.schemaVersionOf?.(type) ?? 1,
  clockLag: () => store.clockLag(),
  close: () => store.close(),
});

/** The same answer for the same texts, asked for once. The texts are few: types, methods, routes and statuses. */
function remembered<Texts extends string[], Answer>(ask: (...texts: Texts) => Answer): (...texts: Texts) => Answer {
  const answers = new Map<string, Answer>();
  return (...texts) => {
    const key = texts.join(' ');
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = ask(...texts);
      answers.set(key, answer);
    }
    return answer;
  };
}
