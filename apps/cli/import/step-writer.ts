import { calendarOf } from '#kernel/calendar.js';
import { installationOf } from '#event-store/event-store.js';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import { spendAccount, spendStream } from '#campaigns/events/spend-events.js';
import { dealStream } from '#deals/events/deal-events.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { DomainError, refused } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { dayText, type Instant } from '#kernel/time.js';
import { leadStream } from '#leads/events/lead-events.js';
import { emailIdentity, externalIdentity, holderOf } from '#leads/identity.js';
import { canonicalJson } from '#platform/http/canonical-json.js';
import {
  lastWrites,
  paymentName,
  ownEvents,
  rowThingId,
  stepCommandId,
  stepName,
  valuesOf,
  type StepMeta,
} from '#imports/write/import/own-writes.js';
import { lastStage } from '#imports/write/import/stage-move.js';
import type { Rejection, SpendStep, Step } from '#imports/write/import/step.js';
import { importActor, leadsDepsOf } from './import-deps.js';
import {
  leadIdIn,
  type ImportRun,
  type KnownStream,
  type SpendPlace,
  type StepPlace,
  type StepWriting,
} from './step-place.js';
import { channelOfSpend, writeSpend } from './write-spend-step.js';
import { writeClose, writeDeal, writePayment, writeRefund } from './write-deal-step.js';
import { writeLead, writeStage, writeTouch } from './write-lead-step.js';

export interface StepResult {
  readonly step: Step;
  /** Types of the events that it added, in order. */
  readonly events: readonly string[];
  /** It was refused: the row is rejected. */
  readonly rejection: Rejection | null;
  /** It differs from what was imported before in a way that nobody may guess at: listed for a person. */
  readonly notice: Rejection | null;
}

/** Streams that a chain has met, by the source's own ids. */
interface Chain {
  readonly run: ImportRun;
  readonly leads: Map<string, KnownStream>;
  readonly deals: Map<string, KnownStream>;
  readonly spend: Map<string, KnownStream>;
}

/**
 * Writes the steps of one lead (or of one deal without lead) one after the other. A refused step does not stop the others. Throws only
 * what is no refusal: a ledger that cannot be written to.
 */
export async function writeSteps(
  run: ImportRun,
  steps: readonly { readonly step: Step; readonly recordedAt?: Instant }[],
): Promise<StepResult[]> {
  const chain: Chain = { run, leads: new Map(), deals: new Map(), spend: new Map() };
  const results: StepResult[] = [];
  for (const { step, recordedAt } of steps) results.push(await writeStep(chain, step, recordedAt));
  return results;
}

async function writeStep(chain: Chain, step: Step, recordedAt: Instant | undefined): Promise<StepResult> {
  const result = { step, events: [], rejection: null, notice: null };
  try {
    const place = await placeOf(chain, step, recordedAt);
    if (isUnchanged(place)) return result;
    const writing = await write(place);
    if (writing === 'unchanged') return result;
    if ('listed' in writing) {
      const notice = { ref: step.ref, column: '', code: 'IMPORT.NOT_APPLIED', reason: writing.listed };
      return { ...result, notice };
    }
    keepUp(chain, place, writing.outcomes);
    const events = writing.outcomes
      .filter(({ repeated }) => !repeated)
      .flatMap((outcome) => outcome.events.map(({ type }) => type));
    return { ...result, events };
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
    // What broke off may have written a part of it: what is known of these streams no longer holds.
    if (step.lead !== null) chain.leads.delete(step.lead);
    if ('deal' in step) chain.deals.delete(step.deal);
    if (step.kind === 'spend') chain.spend.clear();
    const rejection = { ref: step.ref, column: '', code: error.code, reason: `${stepLabel(step)}: ${error.detail}` };
    return { ...result, rejection };
  }
}

/** What the step has written is known to the next one without reading. */
function keepUp(chain: Chain, place: StepPlace, outcomes: readonly Outcome[]): void {
  const { step, name, digest, last } = place;
  const stream = 'deal' in step ? place.deal : (place.spend?.stream ?? place.lead);
  if (stream === null || !outcomes.some(({ events }) => events.length > 0)) return;
  if (step.kind === 'lead' && outcomes[0]?.id !== stream.id) {
    // Somebody claimed the e-mail in between: the lead turned out to be another one.
    chain.leads.delete(step.lead);
    return;
  }
  stream.exists = true;
  stream.writes.set(name, { n: (last?.n ?? -1) + 1, digest });
  if (step.kind === 'stage') stream.stage = step.values.stage;
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
    case 'refund':
      return writeRefund(place, step);
    case 'spend':
      return writeSpend(place, step);
  }
}

async function placeOf(chain: Chain, step: Step, recordedAt: Instant | undefined): Promise<StepPlace> {
  const { run } = chain;
  const { deps, system, importId, namespace } = run;
  const { identity } = deps;
  const masked = (id: string): string => identity.externalId(system, id).slice(0, 16);
  // A close or a payment finds its deal, and the deal knows its lead.
  const lead =
    step.lead === null || step.kind === 'close' || step.kind === 'payment' || step.kind === 'refund'
      ? null
      : await leadOf(chain, step.lead, step);
  const deal = 'deal' in step ? await dealOf(chain, step.deal) : null;
  const paid = step.kind === 'refund' ? (deal?.writes.get(paymentName(step, masked)) ?? null) : null;
  // A payment that is recorded anew takes its refunds along, though their rows say what they said.
  const payment = paid === null ? {} : { payment: paid.n };
  const digest = identity.digest(canonicalJson({ ...valuesOf(step), ...payment }));
  const own = stepName(step, digest, masked);
  // A lead that several external ids name keeps each one's steps apart.
  const name = lead?.alias === true && deal === null ? `${own}@${masked(step.lead ?? '')}` : own;
  const spend = step.kind === 'spend' ? await spendPlaceOf(chain, step, own) : null;
  const last = (spend?.stream ?? deal ?? lead)?.writes.get(name) ?? null;
  const n = (last?.n ?? -1) + 1;
  const externalId = 'deal' in step ? step.deal : step.kind === 'spend' ? step.spend : step.lead;
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
  return { run, step, lead, deal, spend, paid, name, digest, last, context };
}

/** Throws `IMPORT.SPEND_TWICE` where a row before has told the same spend: the second would correct the first in silence. */
async function spendPlaceOf({ run, spend }: Chain, step: SpendStep, name: string): Promise<SpendPlace> {
  const { deps, system, spendMet } = run;
  const { campaign } = step.values;
  const channel = campaign === null ? await channelOfSpend(deps, step) : null;
  const account = spendAccount(
    installationOf(deps.store),
    campaign === null ? { channel: channel ?? '' } : { campaign },
  );
  const day = dayText(calendarOf(deps.organisation).dayOf(step.occurredAt));
  const id = spendStream(account, day);
  if (spendMet.has(`${id} ${name}`))
    throw refused('IMPORT.SPEND_TWICE', 'a row before says the same spend; give each an "id" in the mapping');
  spendMet.add(`${id} ${name}`);
  const events = (): Promise<readonly RecordedEvent[]> => deps.store.readStream(id);
  let stream = spend.get(id);
  if (stream === undefined) spend.set(id, (stream = knownStream(account, false, await events(), system, events)));
  return { account, day, stream };
}

async function dealOf(chain: Chain, external: string): Promise<KnownStream> {
  const known = chain.deals.get(external);
  if (known !== undefined) return known;
  const { deps, namespace, system } = chain.run;
  // n of deals is always 0: a source's deal is one deal for ever.
  const id = rowThingId(namespace, external, 'deal', 0);
  const events = (): Promise<readonly RecordedEvent[]> => deps.store.readStream(dealStream(id));
  const deal = knownStream(id, false, await events(), system, events);
  chain.deals.set(external, deal);
  return deal;
}

/** By its own stream, then as an alias of another lead: one that its external id names, or that its e-mail belongs to. */
async function leadOf(chain: Chain, external: string, step: Step): Promise<KnownStream> {
  const known = chain.leads.get(external);
  if (known !== undefined) return known;
  const lead = await findLead(chain.run, external, step);
  if (lead.exists || step.kind === 'lead') chain.leads.set(external, lead);
  return lead;
}

async function findLead(
  { deps, namespace, system, firstSeen }: ImportRun,
  external: string,
  step: Step,
): Promise<KnownStream> {
  const { store } = deps;
  const read = (of: Uuid) => (): Promise<readonly RecordedEvent[]> => store.readStream(leadStream(of));
  const id = leadIdIn(namespace, external);
  const isNew = firstSeen !== null && step.kind === 'lead' && firstSeen.size < MOST_SEEN && !firstSeen.has(external);
  if (isNew) firstSeen.add(external);
  const events = isNew ? [] : await read(id)();
  if (events.length > 0) return knownStream(id, false, events, system, read(id));
  const leads = leadsDepsOf(deps);
  const email = step.kind === 'lead' ? (step.values.person?.email ?? null) : null;
  const identities = [
    externalIdentity(leads, { system, id: external }),
    email === null ? null : emailIdentity(leads, email),
  ];
  for (const identity of identities) {
    const holder = identity === null ? null : await holderOf(store, identity);
    if (holder === null || holder === id) continue;
    const others = await read(holder)();
    if (others.length > 0) return knownStream(holder, true, others, system, read(holder));
  }
  return knownStream(id, false, events, system, read(id));
}

/** Beyond that, looking up costs less than remembering. */
const MOST_SEEN = 1_000_000;

function knownStream(
  id: Uuid,
  alias: boolean,
  events: readonly RecordedEvent[],
  system: string,
  read: () => Promise<readonly RecordedEvent[]>,
): KnownStream {
  const own = events.length === 0 ? events : ownEvents(events, system);
  return { id, alias, exists: events.length > 0, writes: lastWrites(own, system), stage: lastStage(own), events: read };
}
