import { parseArgs } from 'node:util';
import { Kafka } from 'kafkajs';
import { consume } from './consume.js';
import { openLeadsTable } from './leads-table.js';

const USAGE =
  'node dist/examples/kafka-consumer/main.js --brokers HOST:PORT,… [--topic concord.events] [--file leads.sqlite]';
const SHOW_MS = 5_000;

const { values } = parseArgs({
  options: {
    brokers: { type: 'string' },
    topic: { type: 'string', default: 'concord.events' },
    file: { type: 'string', default: 'leads.sqlite' },
    group: { type: 'string', default: 'leads-table' },
  },
});
if (values.brokers === undefined) {
  console.error(USAGE);
  process.exit(2);
}
const table = openLeadsTable(values.file);
const kafka = new Kafka({ clientId: 'leads-table', brokers: values.brokers.split(',') });
const running = await consume({ kafka, topic: values.topic, groupId: values.group, table });
const showing = setInterval(() => console.table(table.rows()), SHOW_MS);
process.once('SIGINT', () => {
  clearInterval(showing);
  void running.stop().then(() => {
    console.table(table.rows());
    table.close();
  });
});
