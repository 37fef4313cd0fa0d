// Relays the ledger named on the command line to a topic until it is killed: `<file> <brokers> <topic> <partitions>`. Says on stdout, once
// it is there, each position up to which the topic is complete.
import { setInterval } from 'node:timers';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { EVERY_PUBLIC_EVENT } from '#platform/public-events/every-public-event.js';
import { openKafkaPublisher } from '#publishing/kafka/kafka-publisher.js';
import { runRelay } from '#publishing/relay.js';

const NEVER = globalThis.AbortSignal.any([]);
const [file, brokers, topic, partitions] = process.argv.slice(2);
const eventStore = await openSqliteEventStore({ file });
const publisher = openKafkaPublisher({ brokers: brokers.split(','), topic, partitions: Number(partitions) });
const relay = runRelay({
  ...{ eventStore, publisher, contract: EVERY_PUBLIC_EVENT, signal: NEVER, pageSize: 100 },
  log: { info: () => undefined, warn: ({ err }, message) => process.stderr.write(`${message}: ${err}\n`) },
});
let told = -1n;
setInterval(async () => {
  const { position } = await relay.status();
  if (position === null || position === told) return;
  told = position;
  process.stdout.write(`${position}\n`);
}, 20);
await relay.done;
