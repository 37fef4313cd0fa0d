import type { EventStore } from '#event-store/event-store.js';
import { dealStream } from '#deals/events/deal-events.js';
import { leadStream } from '#leads/events/lead-events.js';
import { externalLeadId } from '#leads/identity.js';
import type { Mapping } from '#imports/mapping/mapping.js';
import { rowThingId, sourceNamespace } from '#imports/write/import/own-writes.js';
import { rowBatches } from '#imports/write/import/row-batches.js';
import type { Rejection, RowRef } from '#imports/write/import/step.js';
import type { Survey } from '#imports/write/import/survey.js';
import type { ImportRun } from './step-place.js';

const NOWHERE: RowRef = { file: '', row: 0, cells: [] };

/** Leads and deals that this source brought before and that its whole files no longer hold. They are listed; nothing is done about them. */
export async function vanished(
  store: EventStore,
  mapping: Mapping,
  found: Survey,
  { system }: ImportRun,
): Promise<readonly Rejection[]> {
  const present = await presentStreams(store, found, system);
  const kinds = new Set(
    found.files.flatMap(({ mapping: file }) =>
      file.records.map((record) => (record.kind === 'close' && record.opens !== undefined ? 'deal' : record.kind)),
    ),
  );
  const types = [...(kinds.has('lead') ? ['lead.created'] : []), ...(kinds.has('deal') ? ['deal.opened'] : [])];
  const notices: Rejection[] = [];
  if (types.length === 0) return notices;
  for await (const page of store.readAll({ types })) {
    for (const { meta, stream } of page.events) {
      if (meta?.['source'] !== mapping.system || present.has(stream)) continue;
      notices.push({
        ref: NOWHERE,
        column: '',
        code: 'IMPORT.VANISHED',
        reason: `${stream.replace('-', ' ')} was imported from this source before and is no longer in its files`,
      });
    }
  }
  return notices;
}

async function presentStreams(store: EventStore, found: Survey, system: string): Promise<ReadonlySet<string>> {
  const namespace = sourceNamespace(store.ledgerId, system);
  const present = new Set<string>();
  for await (const { steps } of rowBatches(found)) {
    for (const step of steps) {
      if (step.kind === 'lead') present.add(leadStream(externalLeadId(store.ledgerId, { system, id: step.lead })));
      if (step.kind === 'deal') present.add(dealStream(rowThingId(namespace, step.deal, 'deal', 0)));
    }
  }
  return present;
}
