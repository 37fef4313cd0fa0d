import type { RecordedEvent } from '#kernel/envelope.js';
import type { Json } from '#kernel/json.js';
import type { AnyPublicEvents } from './public-event.js';
import { copyMembers, objectSchema, publicMembers, type JsonSchema, type Members } from './shape.js';

/** All public events of a program. */
export interface PublicContract {
  /** Types that are published, as the ledger names them. */
  readonly types: readonly string[];
  readonly events: readonly ContractEvent[];
  /** Types that are not, with the reason. */
  readonly hidden: readonly { readonly type: string; readonly reason: string }[];
  of(type: string): ContractEvent | undefined;
}

export interface ContractEvent {
  /** As the ledger names it: `lead.created`. */
  readonly type: string;
  readonly version: number;
  /** As CloudEvents name it: `concord.lead.created.v1`. */
  readonly publicType: string;
  /** The id of its schema. */
  readonly schemaId: string;
  readonly summary: string;
  readonly schema: JsonSchema;
  readonly withheld: readonly { readonly field: string; readonly reason: string }[];
  /** The event's public content. */
  dataOf(event: RecordedEvent): Readonly<Record<string, Json>>;
}

/** Puts the contexts' parts together; a type may be in one of them only. */
export function publicContract(...parts: readonly AnyPublicEvents[]): PublicContract {
  const entries = parts.flatMap((part) => Object.entries(part));
  const doubled = entries.find(([type], index) => entries.findIndex(([other]) => other === type) !== index);
  if (doubled !== undefined) throw new Error(`${doubled[0]} is described twice in the public contract`);
  const events = entries.flatMap(([type, event]) => ('isPrivate' in event ? [] : [contractEvent(type, event)]));
  const byType = new Map(events.map((event) => [event.type, event]));
  return {
    events,
    types: events.map(({ type }) => type),
    hidden: entries.flatMap(([type, event]) => ('isPrivate' in event ? [{ type, reason: event.isPrivate }] : [])),
    of: (type) => byType.get(type),
  };
}

type Described = Exclude<AnyPublicEvents[string], { readonly isPrivate: string }>;

function contractEvent(type: string, { version, summary, fields }: Described): ContractEvent {
  const members: Members = publicMembers(fields);
  const publicType = `concord.${type}.v${version}`;
  const schemaId = `urn:concord:schema:${type}.v${version}`;
  return {
    type,
    version,
    publicType,
    schemaId,
    summary,
    schema: {
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: schemaId,
      title: publicType,
      description: summary,
      ...objectSchema(members),
    },
    withheld: Object.entries(fields).flatMap(([field, shape]) =>
      'withheld' in shape ? [{ field, reason: shape.withheld }] : [],
    ),
    dataOf: (event) => copyMembers(event.data() as object, members), // an event's payload is an object
  };
}
