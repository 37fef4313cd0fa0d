import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import type { Assumed } from '#leads/events/lead-events.js';
import type { OwnWrite } from '#imports/write/import/own-writes.js';
import type { ImportedStage, Step } from '#imports/write/import/step.js';
import type { ImportDeps } from './import-deps.js';

/** One import: what all its steps share. */
export interface ImportRun {
  readonly deps: ImportDeps;
  readonly system: string;
  readonly importId: Uuid;
  /** Of all ids that derive from the source (`sourceNamespace`). */
  readonly namespace: Uuid;
  /** Leads that this import has come across, while it is the source's first: any other has no stream yet. null: must be looked up. */
  readonly firstSeen: Set<string> | null;
  /** Spend that this import has met, by stream and step: two rows must not say the same one. */
  readonly spendMet: Set<string>;
}

/** A lead's or deal's stream as one chain of steps knows it: read once, then kept up with what the chain writes. */
export interface KnownStream {
  readonly id: Uuid;
  /** True when the row's external id is another name of a lead that somebody else created. */
  readonly alias: boolean;
  exists: boolean;
  /** This source's last write of each step. */
  readonly writes: Map<string, OwnWrite>;
  /** The stage that this source told last. */
  stage: ImportedStage | null;
  /** Reads the stream as it is now. */
  events(): Promise<readonly RecordedEvent[]>;
}

export interface SpendPlace {
  readonly account: Uuid;
  readonly day: string;
  readonly stream: KnownStream;
}

/** What one step finds. */
export interface StepPlace {
  readonly run: ImportRun;
  readonly step: Step;
  /** null for a deal without lead, and where the step needs none. */
  readonly lead: KnownStream | null;
  readonly deal: KnownStream | null;
  /** Of spend: its account and day, and the stream of both. */
  readonly spend: SpendPlace | null;
  /** Of a refund: this source's last write of its payment. */
  readonly paid: OwnWrite | null;
  readonly name: string;
  readonly digest: string;
  /** This source's last write of this step. */
  readonly last: OwnWrite | null;
  /** The context of a command that writes this step; `part` for those that go before the one that completes it. */
  context(part?: string): CommandContext;
}

/** Commands that write a step, in order; a plain text says why it is not written but listed. */
export type StepWriting =
  { readonly outcomes: readonly Outcome[] } | { readonly listed: string; readonly column?: string } | 'unchanged';

/** Throws `IMPORT.LEAD_UNKNOWN`: the row's lead is neither in the files nor in the ledger. */
export function knownLead({ lead, step }: StepPlace): Uuid {
  if (lead?.exists === true) return lead.id;
  const detail = `there is no lead "${step.lead ?? ''}" in the ledger, nor was one imported before this row`;
  throw new DomainError('not-found', 'IMPORT.LEAD_UNKNOWN', detail);
}

/** Throws `IMPORT.DEAL_UNKNOWN`: the row's deal was never opened. */
export function knownDeal({ deal, step }: StepPlace): Uuid {
  if (deal?.exists === true) return deal.id;
  const detail = `there is no deal "${'deal' in step ? step.deal : ''}" in the ledger, nor was one imported before this row`;
  throw new DomainError('not-found', 'IMPORT.DEAL_UNKNOWN', detail);
}

/** `externalLeadId` of a system, whose namespace is made once an import. */
export const leadIdIn = (namespace: Uuid, external: string): Uuid => uuidv5(namespace, external);

/** The reason of what an import takes back. */
export const CHANGED_IN_SOURCE = 'changed in the source';

/** When a step occurred, as commands take it. */
export const datedBy = ({ occurredAt, assumed }: Step): Assumed & { readonly occurredAt: number } =>
  assumed ? { occurredAt, assumed: ['occurredAt'] } : { occurredAt };
