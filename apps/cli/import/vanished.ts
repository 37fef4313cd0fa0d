import { installationOf, type EventStore } from '#event-store/event-store.js';
import type { SpendRecordedData } from '#campaigns/events/spend-events.js';
import { dealStream } from '#deals/events/deal-events.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { leadStream } from '#leads/events/lead-events.js';
import { externalLeadId } from '#leads/identity.js';
import type { Mapping } from '#imports/mapping/mapping.js';
import { rowThingId, sourceNamespace } from '#imports/write/import/own-writes.js';
import { rowBatches } from '#imports/write/import/row-batches.js';
import type { Rejection, RowRef } from '#imports/write/import/step.js';
import type { Survey } from '#imports/write/import/survey.js';
import type { ImportRun } from './step-place.js';

const NOWHERE: RowRef = { file: '', row: 0, cells: [] };

/** Leads, deals and spend that this source brought before and that its whole files no longer hold. They are listed; nothing is done about them. */
export async function vanished(
  store: EventStore,
  mapping: Mapping,
  found: Survey,
  { system }: ImportRun,
): Promise<readonly Rejection[]> {
  const present = await presentThings(store, found, system);
  const kinds = new Set(
    found.files.flatMap(({ mapping: file }) =>
      file.records.map((record) => (record.kind === 'close' && record.opens !== undefined ? 'deal' : record.kind)),
    ),
  );
  const types = [
    ...(kinds.has('lead') ? ['lead.created'] : []),
    ...(kinds.has('deal') ? ['deal.opened'] : []),
    ...(kinds.has('spend') ? ['spend.recorded'] : []),
  ];
  const notices: Rejection[] = [];
  if (types.length === 0) return notices;
  for await (const page of store.readAll({ types })) {
    for (const event of page.events) {
      if (event.meta?.['source'] !== mapping.system || present.has(thingOf(event))) continue;
      notices.push({
        ref: NOWHERE,
        column: '',
        code: 'IMPORT.VANISHED',
        reason: `${thingOf(event).replace('-', ' ')} was imported from this source before and is no longer in its files`,
      });
    }
  }
  return notices;
}

/** A lead or deal is its stream; spend lies among others in one. */
const thingOf = (event: RecordedEvent): string =>
  event.type === 'spend.recorded'
    ? `spend-${(event as RecordedEvent<SpendRecordedData>).data().spendId}`
    : event.stream;

async function presentThings(store: EventStore, found: Survey, system: string): Promise<ReadonlySet<string>> {
  const namespace = sourceNamespace(installationOf(store), system);
  const present = new Set<string>();
  for await (const { steps } of rowBatches(found)) {
    for (const step of steps) {
      if (step.kind === 'lead')
        present.add(leadStream(externalLeadId(installationOf(store), { system, id: step.lead })));
      if (step.kind === 'spend') present.add(`spend-${rowThingId(namespace, step.spend, 'spend', 0)}`);
      if (step.kind === 'deal') present.add(dealStream(rowThingId(namespace, step.deal, 'deal', 0)));
    }
  }
  return present;
}
