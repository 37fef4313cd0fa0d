import type { ContractEvent, PublicContract } from './public-contract.js';
import type { JsonSchema } from './shape.js';

export interface AsyncApiOptions {
  readonly contract: PublicContract;
  readonly version: string;
  /** Of the Kafka channel. */
  readonly topic: string;
}

/** The AsyncAPI 3.0 document of the public events: the topic that the relay writes to, one message a type and version. */
export function asyncApiOf({ contract, version, topic }: AsyncApiOptions): Readonly<Record<string, unknown>> {
  const messages = contract.events.map((event) => [event.publicType, messageOf(event)] as const);
  const references = (base: string) =>
    contract.events.map(({ publicType }) => ({ $ref: `${base}/${pointerPart(publicType)}` }));
  return {
    asyncapi: '3.0.0',
    id: 'urn:concord:events',
    info: {
      title: 'Concord: public events',
      version,
      license: { name: 'Apache-2.0' },
      description:
        'Every lead’s life as it is recorded: CloudEvents 1.0 on Kafka, in binary content mode. No personal data. Everything of one lead lies in one partition, in order. A record may lie there twice: keep the highest ce_position of each partition and drop every record at or below it; positions of another ce_ledgerid begin anew.',
    },
    defaultContentType: 'application/json',
    servers: {
      kafka: {
        host: '{brokers}',
        protocol: 'kafka',
        description: 'The cluster that the relay writes to.',
        variables: { brokers: { default: 'localhost:9092', description: 'CONCORD_KAFKA_BROKERS of the relay.' } },
      },
    },
    channels: {
      events: {
        address: topic,
        title: 'All public events',
        servers: [{ $ref: '#/servers/kafka' }],
        messages: Object.fromEntries(
          contract.events.map(({ publicType }) => [
            publicType,
            { $ref: `#/components/messages/${pointerPart(publicType)}` },
          ]),
        ),
        bindings: {
          kafka: {
            topic,
            topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': -1, 'retention.bytes': -1 },
            bindingVersion: '0.5.0',
          },
        },
      },
    },
    operations: {
      publishEvents: {
        action: 'send',
        summary: 'The relay sends every public event of the ledger once it is recorded.',
        channel: { $ref: '#/channels/events' },
        messages: references('#/channels/events/messages'),
      },
    },
    components: {
      messages: Object.fromEntries(messages),
      messageTraits: { cloudEvent: CLOUD_EVENT },
      schemas: { cloudEventHeaders: HEADERS },
    },
  };
}

const messageOf = ({ publicType, type, summary, schema }: ContractEvent): JsonSchema => ({
  name: publicType,
  title: type,
  summary,
  contentType: 'application/json',
  traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
  payload: schema,
});

/** A name as a part of a JSON pointer (RFC 6901). */
const pointerPart = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const header = (description: string, schema: JsonSchema = {}): JsonSchema => ({
  type: 'string',
  description,
  ...schema,
});

const HEADERS: JsonSchema = {
  type: 'object',
  required: [
    ...['content-type', 'ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_subject', 'ce_time', 'ce_dataschema'],
    ...['ce_recordedat', 'ce_position', 'ce_ledgerid', 'ce_revision', 'ce_actor', 'ce_actorteam', 'concord_floor'],
  ],
  properties: {
    'content-type': header('Always application/json.', { const: 'application/json' }),
    ce_specversion: header('CloudEvents 1.0.', { const: '1.0' }),
    ce_id: header('The event’s id, the same for ever, also in a ledger that was copied.', { format: 'uuid' }),
    ce_type: header('concord.<type>.v<version>'),
    ce_source: header('urn:concord:ledger:<ledger id>', { format: 'uri' }),
    ce_subject: header('The stream: lead-<id>, deal-<id>, …'),
    ce_time: header('When it happened.', { format: 'date-time' }),
    ce_dataschema: header('Id of the content’s JSON Schema.', { format: 'uri' }),
    ce_recordedat: header('When the ledger knew it.', { format: 'date-time' }),
    ce_position: header('Its place in the ledger: a decimal number of up to 39 digits, growing, with gaps.', {
      pattern: '^[0-9]{1,39}$',
    }),
    ce_ledgerid: header('The ledger that the position belongs to.', { format: 'uuid' }),
    ce_revision: header('Its place in the stream, from 0.', { pattern: '^[0-9]+$' }),
    ce_actor: header('Handle of who did it.'),
    ce_actorteam: header('The team that they were in: marketing, sales, finance, management or system.'),
    ce_leadid: header('The lead that it is about; absent where it is about none.', { format: 'uuid' }),
    ce_pass: header('Which trip down the funnel, from 1; absent where there is no lead.', { pattern: '^[0-9]+$' }),
    concord_floor: header('Up to this position every partition was complete when the record was sent.', {
      pattern: '^[0-9]{1,39}$',
    }),
  },
};

const CLOUD_EVENT: JsonSchema = {
  headers: { $ref: '#/components/schemas/cloudEventHeaders' },
  bindings: {
    kafka: {
      key: { type: 'string', description: 'The lead’s id, else the stream.' },
      bindingVersion: '0.5.0',
    },
  },
};
