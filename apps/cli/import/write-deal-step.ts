import { handleAdvanceDeal } from '#deals/write/advance-deal/advance-deal.handler.js';
import { AdvanceDealCommand } from '#deals/write/advance-deal/advance-deal.command.js';
import { AmendDealCommand } from '#deals/write/amend-deal/amend-deal.command.js';
import { handleAmendDeal } from '#deals/write/amend-deal/amend-deal.handler.js';
import { AnnulPaymentCommand } from '#deals/write/annul-payment/annul-payment.command.js';
import { handleAnnulPayment } from '#deals/write/annul-payment/annul-payment.handler.js';
import { AnnulRefundCommand } from '#deals/write/annul-refund/annul-refund.command.js';
import { handleAnnulRefund } from '#deals/write/annul-refund/annul-refund.handler.js';
import { AssignDealCommand } from '#deals/write/assign-deal/assign-deal.command.js';
import { handleAssignDeal } from '#deals/write/assign-deal/assign-deal.handler.js';
import { CloseDealCommand } from '#deals/write/close-deal/close-deal.command.js';
import { handleCloseDeal } from '#deals/write/close-deal/close-deal.handler.js';
import { OpenDealCommand } from '#deals/write/open-deal/open-deal.command.js';
import { handleOpenDeal } from '#deals/write/open-deal/open-deal.handler.js';
import { RecordPaymentCommand } from '#deals/write/record-payment/record-payment.command.js';
import { handleRecordPayment } from '#deals/write/record-payment/record-payment.handler.js';
import { RefundPaymentCommand } from '#deals/write/refund-payment/refund-payment.command.js';
import { handleRefundPayment } from '#deals/write/refund-payment/refund-payment.handler.js';
import { ReopenDealCommand } from '#deals/write/reopen-deal/reopen-deal.command.js';
import { handleReopenDeal } from '#deals/write/reopen-deal/reopen-deal.handler.js';
import type { PaymentRefundedData } from '#deals/events/deal-events.js';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { dealDifference, writtenDeal } from '#imports/write/import/difference.js';
import { ownEvents, rowThingId } from '#imports/write/import/own-writes.js';
import type { CloseStep, DealStep, PaymentStep, RefundStep } from '#imports/write/import/step.js';
import { dealsDepsOf } from './import-deps.js';
import { CHANGED_IN_SOURCE, datedBy, knownDeal, knownLead, type StepPlace, type StepWriting } from './step-place.js';

export async function writeDeal(place: StepPlace, step: DealStep): Promise<StepWriting> {
  if (place.deal?.exists === true) return changeDeal(place, step);
  const { run, deal } = place;
  const dated = datedBy(step);
  const assumed = [...(dated.assumed ?? []), ...(step.openingAssumed ? (['opening'] as const) : [])];
  const input = {
    ...step.values,
    ...dated,
    assumed,
    lead: step.lead === null ? null : knownLead(place),
    dealId: deal?.id,
  };
  return { outcomes: [await handleOpenDeal(dealsDepsOf(run.deps), new OpenDealCommand(place.context(), input))] };
}

async function changeDeal(place: StepPlace, step: DealStep): Promise<StepWriting> {
  const { run, lead } = place;
  const deps = dealsDepsOf(run.deps);
  const dealId = knownDeal(place);
  const events = (await place.deal?.events()) ?? [];
  const written = writtenDeal(ownEvents(events, run.system));
  if (written === null) return { listed: 'the deal was opened by another source; change it by hand' };
  const owner = step.values.owner === null ? null : await deps.roster.resolve(step.values.owner);
  const { amend, stage, owner: newOwner, fixed } = dealDifference(written, { ...step.values, owner });
  const [opened] = events;
  const listed = [
    ...fixed,
    ...(opened?.leadId === (lead?.id ?? null) ? [] : ['lead']),
    ...(step.openingAssumed || opened?.occurredAt === step.occurredAt ? [] : ['date of opening']),
  ];

  const commands: ((context: CommandContext) => Promise<Outcome>)[] = [];
  if (newOwner !== undefined)
    commands.push((context) =>
      handleAssignDeal(deps, new AssignDealCommand(context, dealId, { owner: newOwner, team: null })),
    );
  if (stage !== undefined)
    commands.push((context) => handleAdvanceDeal(deps, new AdvanceDealCommand(context, dealId, { stage })));
  if (amend !== null)
    commands.push((context) =>
      handleAmendDeal(deps, new AmendDealCommand(context, dealId, { ...amend, reason: CHANGED_IN_SOURCE })),
    );
  const outcomes: Outcome[] = [];
  for (const [index, command] of commands.entries()) {
    outcomes.push(await command(place.context(index === commands.length - 1 ? '' : `part-${index}`)));
  }
  if (outcomes.length > 0) return { outcomes };
  if (listed.length > 0)
    return { listed: `a deal keeps what it was opened with, but the row now differs in: ${listed.join(', ')}` };
  return 'unchanged';
}

export async function writeClose(place: StepPlace, step: CloseStep): Promise<StepWriting> {
  const { run, last } = place;
  const deps = dealsDepsOf(run.deps);
  const dealId = knownDeal(place);
  const outcomes: Outcome[] = [];
  if (last !== null)
    outcomes.push(
      await handleReopenDeal(
        deps,
        new ReopenDealCommand(place.context('reopen'), dealId, { reason: CHANGED_IN_SOURCE }),
      ),
    );
  const { outcome, value, note } = step.values;
  const reason = outcome === 'lost' ? (step.values.reason ?? 'other') : null;
  const input = {
    ...datedBy(step),
    outcome,
    value,
    reason,
    note: reason === 'other' ? (note ?? 'not stated in the file') : note,
  };
  outcomes.push(await handleCloseDeal(deps, new CloseDealCommand(place.context(), dealId, input)));
  return { outcomes };
}

export async function writePayment(place: StepPlace, step: PaymentStep): Promise<StepWriting> {
  const { run, last } = place;
  const { namespace } = run;
  const deps = dealsDepsOf(run.deps);
  const dealId = knownDeal(place);
  const idOf = (n: number): Uuid => rowThingId(namespace, step.payment, 'payment', n);
  const outcomes: Outcome[] = [];
  if (last !== null) {
    outcomes.push(...(await annulOwnRefunds(place, dealId, idOf(last.n))));
    const annulment = { paymentId: idOf(last.n), reason: CHANGED_IN_SOURCE };
    outcomes.push(await handleAnnulPayment(deps, new AnnulPaymentCommand(place.context('annul'), dealId, annulment)));
  }
  const input = { ...step.values, ...datedBy(step), paymentId: idOf((last?.n ?? -1) + 1) };
  outcomes.push(await handleRecordPayment(deps, new RecordPaymentCommand(place.context(), dealId, input)));
  return { outcomes };
}

/** A payment that goes takes along what this source has recorded as given back of it; the refunds' own steps record them anew. */
async function annulOwnRefunds(place: StepPlace, dealId: Uuid, paymentId: Uuid): Promise<Outcome[]> {
  const { run, deal } = place;
  const own = ownEvents((await deal?.events()) ?? [], run.system);
  const refundIds = own
    .filter(({ type }) => type === 'deal.payment-refunded')
    .map((event) => event.data() as PaymentRefundedData) // by its type
    .filter((refund) => refund.paymentId === paymentId)
    .map(({ refundId }) => refundId);
  const outcomes: Outcome[] = [];
  for (const refundId of refundIds) {
    const annulment = { refundId, paymentId, reason: CHANGED_IN_SOURCE };
    const context = place.context(`annul-refund-${refundId}`);
    outcomes.push(await handleAnnulRefund(dealsDepsOf(run.deps), new AnnulRefundCommand(context, dealId, annulment)));
  }
  return outcomes;
}

export async function writeRefund(place: StepPlace, step: RefundStep): Promise<StepWriting> {
  const { run, last, paid } = place;
  const { namespace } = run;
  const deps = dealsDepsOf(run.deps);
  const dealId = knownDeal(place);
  if (paid === null) {
    const detail = `no payment "${step.payment}" of deal "${step.deal}" was imported before this row`;
    throw new DomainError('not-found', 'IMPORT.PAYMENT_UNKNOWN', detail);
  }
  const name = JSON.stringify([step.payment, step.refund]);
  const outcomes: Outcome[] = [];
  if (last !== null) {
    const refundId = rowThingId(namespace, name, 'refund', last.n);
    const before = await recordedRefund(place, refundId);
    if (before !== null) {
      const annulment = { refundId, paymentId: before.paymentId, reason: CHANGED_IN_SOURCE };
      outcomes.push(await handleAnnulRefund(deps, new AnnulRefundCommand(place.context('annul'), dealId, annulment)));
    }
  }
  const paymentId = rowThingId(namespace, step.payment, 'payment', paid.n);
  const refundId = rowThingId(namespace, name, 'refund', (last?.n ?? -1) + 1);
  const input = { ...step.values, ...datedBy(step), paymentId, refundId };
  outcomes.push(await handleRefundPayment(deps, new RefundPaymentCommand(place.context(), dealId, input)));
  return { outcomes };
}

async function recordedRefund({ deal }: StepPlace, refundId: string): Promise<PaymentRefundedData | null> {
  for (const event of (await deal?.events()) ?? []) {
    if (event.type !== 'deal.payment-refunded') continue;
    const refund = event.data() as PaymentRefundedData; // by its type
    if (refund.refundId === refundId) return refund;
  }
  return null;
}
