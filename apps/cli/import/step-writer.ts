import type { CommandContext, Outcome } from '#event-store/command-context.js';
import { dealStream } from '#deals/events/deal-events.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import { leadStream } from '#leads/events/lead-events.js';
import { emailIdentity, externalIdentity, externalLeadId, holderOf } from '#leads/identity.js';
import { canonicalJson } from '#platform/http/canonical-json.js';
import {
  lastWrites,
  rowThingId,
  sourceNamespace,
  stepCommandId,
  stepName,
  valuesOf,
  type OwnWrite,
  type StepMeta,
} from '#imports/write/import/own-writes.js';
import type { Rejection, Step } from '#imports/write/import/step.js';
import { importActor, leadsDepsOf, type ImportDeps } from './import-deps.js';
import { writeClose, writeDeal, writePayment } from './write-deal-step.js';
import { writeLead, writeStage, writeTouch } from './write-lead-step.js';

/** One import: what all its steps share. */
export interface ImportRun {
  readonly deps: ImportDeps;
  readonly system: string;
  readonly importId: Uuid;
}

export interface StepResult {
  readonly step: Step;
  /** Types of the events that it added, in order. */
  readonly events: readonly string[];
  /** It was refused: the row is rejected. */
  readonly rejection: Rejection | null;
  /** It differs from what was imported before in a way that nobody may guess at: listed for a person. */
  readonly notice: Rejection | null;
}

/** What one step finds: the streams that it belongs to and what this source wrote there before. */
export interface StepPlace {
  readonly run: ImportRun;
  readonly step: Step;
  readonly namespace: Uuid;
  readonly leadId: Uuid | null;
  /** True when the row's external id is another name of a lead that somebody else created. */
  readonly alias: boolean;
  readonly leadEvents: readonly RecordedEvent[];
  readonly dealId: Uuid | null;
  readonly dealEvents: readonly RecordedEvent[];
  readonly name: string;
  readonly digest: string;
  /** This source's last write of this step. */
  readonly last: OwnWrite | null;
  /** When it becomes known, for a history; undefined: now. */
  readonly recordedAt: Instant | undefined;
  /** The context of a command that writes this step; `part` for those that go before the one that completes it. */
  context(part?: string): CommandContext;
}

/** Commands that write a step, in order; a plain text says why it is not written but listed. */
export type StepWriting =
  { readonly outcomes: readonly Outcome[] } | { readonly listed: string; readonly column?: string } | 'unchanged';

/**
 * Writes the steps of one lead (or of one deal without lead) one after the other. A refused step does not stop the others. Throws only
 * what is no refusal: a ledger that cannot be written to.
 */
export async function writeSteps(
  run: ImportRun,
  steps: readonly { readonly step: Step; readonly recordedAt?: Instant }[],
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const { step, recordedAt } of steps) results.push(await writeStep(run, step, recordedAt));
  return results;
}

async function writeStep(run: ImportRun, step: Step, recordedAt: Instant | undefined): Promise<StepResult> {
  const result = { step, events: [], rejection: null, notice: null };
  try {
    const place = await placeOf(run, step, recordedAt);
    if (isUnchanged(place)) return result;
    const writing = await write(place);
    if (writing === 'unchanged') return result;
    if ('listed' in writing) {
      return {
        ...result,
        notice: { ref: step.ref, column: writing.column ?? '', code: 'IMPORT.NOT_APPLIED', reason: writing.listed },
      };
    }
    const events = writing.outcomes
      .filter(({ repeated }) => !repeated)
      .flatMap((outcome) => outcome.events.map(({ type }) => type));
    return { ...result, events };
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
    return {
      ...result,
      rejection: { ref: step.ref, column: '', code: error.code, reason: `${stepLabel(step)}: ${error.detail}` },
    };
  }
}

const stepLabel = (step: Step): string => (step.kind === 'stage' ? step.values.stage : step.kind);

/** A stage told in one column is compared by where the lead stands, whatever its date says. */
const isUnchanged = ({ step, last, digest }: StepPlace): boolean =>
  last?.digest === digest && !(step.kind === 'stage' && step.present);

function write(place: StepPlace): Promise<StepWriting> {
  const { step } = place;
  switch (step.kind) {
    case 'lead':
      return writeLead(place, step);
    case 'stage':
      return writeStage(place, step);
    case 'touch':
      return writeTouch(place, step);
    case 'deal':
      return writeDeal(place, step);
    case 'close':
      return writeClose(place, step);
    case 'payment':
      return writePayment(place, step);
  }
}

async function placeOf(run: ImportRun, step: Step, recordedAt: Instant | undefined): Promise<StepPlace> {
  const { deps, system, importId } = run;
  const { store, identity } = deps;
  const namespace = sourceNamespace(store.ledgerId, system);
  const digest = identity.digest(canonicalJson(valuesOf(step)));
  const masked = (id: string): string => identity.externalId(system, id).slice(0, 16);
  const lead = step.lead === null ? null : await findLead(run, step.lead, step);
  const dealId = 'deal' in step ? dealIdOf(namespace, step.deal) : null;
  const dealEvents = dealId === null ? [] : await store.readStream(dealStream(dealId));
  const own = stepName(step, digest, masked);
  // A lead that several external ids name keeps each one's steps apart.
  const name = lead?.alias === true && dealId === null ? `${own}@${masked(step.lead ?? '')}` : own;
  const last = lastWrites(dealId === null ? (lead?.events ?? []) : dealEvents, system).get(name) ?? null;
  const n = (last?.n ?? -1) + 1;
  const externalId = 'deal' in step ? step.deal : step.lead;
  const meta: StepMeta = { source: system, step: name, n };
  const context = (part = ''): CommandContext => ({
    commandId: stepCommandId(namespace, externalId, own, { n, digest }, part),
    commandDigest: digest,
    correlationId: importId,
    causationId: null,
    actor: importActor,
    now: recordedAt ?? deps.clock(),
    recordedAt,
    // Only the command that completes a step stands for it: after a crash in between it is written again.
    meta: part === '' ? meta : { ...meta, step: `${name}/${part}` },
  });
  return {
    run,
    step,
    namespace,
    leadId: lead?.id ?? null,
    alias: lead?.alias ?? false,
    leadEvents: lead?.events ?? [],
    dealId,
    dealEvents,
    name,
    digest,
    last,
    recordedAt,
    context,
  };
}

/** n of deals is always 0: a source's deal is one deal for ever. */
const dealIdOf = (namespace: Uuid, deal: string): Uuid => rowThingId(namespace, deal, 'deal', 0);

interface FoundLead {
  readonly id: Uuid;
  readonly alias: boolean;
  /** Empty where there is no such lead yet. */
  readonly events: readonly RecordedEvent[];
}

/** By its own stream, then as an alias of another lead: one that its external id names, or that its e-mail belongs to. */
async function findLead(run: ImportRun, external: string, step: Step): Promise<FoundLead> {
  const { store } = run.deps;
  const externalId = { system: run.system, id: external };
  const id = externalLeadId(store.ledgerId, externalId);
  // A close or a payment finds its deal, and the deal knows its lead.
  if (step.kind === 'close' || step.kind === 'payment') return { id, alias: false, events: [] };
  const events = await store.readStream(leadStream(id));
  if (events.length > 0) return { id, alias: false, events };
  const deps = leadsDepsOf(run.deps);
  const email = step.kind === 'lead' ? (step.values.person?.email ?? null) : null;
  for (const identity of [externalIdentity(deps, externalId), email === null ? null : emailIdentity(deps, email)]) {
    const holder = identity === null ? null : await holderOf(store, identity);
    if (holder === null || holder === id) continue;
    const others = await store.readStream(leadStream(holder));
    if (others.length > 0) return { id: holder, alias: true, events: others };
  }
  return { id, alias: false, events };
}
