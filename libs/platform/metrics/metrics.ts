import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FastifyInstance } from 'fastify';
import type { EventStore } from '#event-store/event-store.js';
import type { LagWatch } from '#subscriptions/lag.js';

/** What `/metrics` shows, in the Prometheus text format. One registry an app: several in a process do not mix. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** Measures every request by its route (never by its path: ids would make a series each). */
  watchHttp(fastify: FastifyInstance): void;
  /** A number of the process's own, read when the metrics are asked for. */
  watch(name: string, help: string, read: () => number | Promise<number>): void;
  /** Counts appended events by type. */
  watchAppends(store: EventStore): EventStore;
}

/** Nest injection token. */
export const METRICS = Symbol('Metrics');

/** `projections`: null in a process that does not look at read models. */
export function newMetrics(eventStore: Pick<EventStore, 'head'>, projections: LagWatch | null): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
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
  const up = new Gauge({
    name: 'concord_up',
    help: '1 where the ledger (or the read models) can be reached from this process.',
    labelNames: ['store'],
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
  const seconds = new Gauge({
    name: 'concord_projection_lag_seconds',
    help: 'Age of the oldest event that a lane of an active projection has not taken in; 0 when it is current.',
    labelNames: ['processor', 'lane'],
    registers: [registry],
  });
  const stuck = new Gauge({
    name: 'concord_projection_stuck',
    help: '1 where a lane is behind and has not moved for half a minute.',
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
  const ofRoute = remembered((method: string, route: string, status: string) => requests.labels(method, route, status));

  const gauges = [lag, seconds, stuck, stalled];

  /** What cannot be asked is left out: an old value would look like a good one. */
  async function readGauges(): Promise<void> {
    const head = await eventStore.head().catch(() => null);
    up.set({ store: 'ledger' }, head === null ? 0 : 1);
    if (head === null) position.remove();
    else position.set(Number(head));
    if (projections === null) return;
    const found = await projections.look().catch(() => null);
    up.set({ store: 'read models' }, found === null ? 0 : 1);
    for (const gauge of gauges) gauge.reset();
    for (const { processor, lanes } of found ?? []) {
      for (const { lane, behind, seconds: age, state } of lanes) {
        lag.set({ processor, lane }, behind);
        seconds.set({ processor, lane }, age);
        stuck.set({ processor, lane }, state === 'stuck' ? 1 : 0);
        stalled.set({ processor, lane }, state === 'stalled' ? 1 : 0);
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
    watch(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        async collect() {
          this.set(await read());
        },
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
  installation: store.installation,
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
  positionsPerEvent: store.positionsPerEvent,
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
