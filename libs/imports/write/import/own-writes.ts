import type { RecordedEvent } from '#kernel/envelope.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import type { Step } from './step.js';

/** Metadata of every event that an import writes: who said so, of which step, and its how manieth write of it (0 is the first). */
export interface StepMeta extends Readonly<Record<string, string | number>> {
  readonly source: string;
  readonly step: string;
  readonly n: number;
}

/** One write of a step by one source. */
export interface OwnWrite {
  readonly n: number;
  /** Digest of the step's values. */
  readonly digest: string;
}

/** The source's last write of each step in the streams that the events come from. */
export function lastWrites(events: readonly RecordedEvent[], system: string): Map<string, OwnWrite> {
  const writes = new Map<string, OwnWrite>();
  for (const event of ownEvents(events, system)) {
    const { step, n } = event.meta as StepMeta; // written by an import of this source
    if ((writes.get(step)?.n ?? -1) <= n) writes.set(step, { n, digest: event.commandDigest });
  }
  return writes;
}

/** Those of the events that this source has written. */
export const ownEvents = (events: readonly RecordedEvent[], system: string): readonly RecordedEvent[] =>
  events.filter((event) => event.meta?.['source'] === system);

/**
 * The name of a step within its lead or deal. It stands in metadata, which holds nothing personal, so a source's own ids enter it only as
 * `masked` gives them. Touches without an id are told apart by their digest.
 */
export function stepName(step: Step, digest: string, masked: (id: string) => string): string {
  switch (step.kind) {
    case 'stage':
      return step.values.stage;
    case 'touch':
      return `touch/${step.touch === null ? digest.slice(0, 16) : masked(step.touch)}`;
    case 'payment':
      return paymentName(step, masked);
    case 'spend':
      return `spend/${masked(step.spend)}`;
    case 'refund':
      return step.refund === step.deal ? 'refund' : `refund/${masked(step.refund)}`;
    default:
      return step.kind;
  }
}

/** The name of the step that records a payment. */
export const paymentName = (
  { deal, payment }: { readonly deal: string; readonly payment: string },
  masked: (id: string) => string,
): string => (payment === deal ? 'payment' : `payment/${masked(payment)}`);

/** What a digest is made of: all that the row says in this step, as plain JSON. */
export const valuesOf = ({ occurredAt, assumed, values }: Step): object => ({ occurredAt, assumed, values });

/** The namespace of all ids that derive from one source. */
export const sourceNamespace = (ledgerId: Uuid, system: string): Uuid => uuidv5(ledgerId, system);

/** Id of the command that writes a step: the same row again is the same command. `part` tells several commands of one step apart. */
export const stepCommandId = (
  namespace: Uuid,
  externalId: string,
  step: string,
  { n, digest }: OwnWrite,
  part = '',
): Uuid => uuidv5(namespace, JSON.stringify([externalId, step, n, digest, ...(part === '' ? [] : [part])]));

/** Id of a deal, payment, refund or touch that a row makes. */
export const rowThingId = (
  namespace: Uuid,
  externalId: string,
  kind: 'deal' | 'payment' | 'refund' | 'touch' | 'spend',
  n: number,
): Uuid => uuidv5(namespace, JSON.stringify([externalId, kind, n]));
