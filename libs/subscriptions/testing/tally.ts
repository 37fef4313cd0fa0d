import type { NewEvent, RecordedEvent } from '#kernel/envelope.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import type { ProcessorSpec } from '#read-store/read-store.js';
import { documentProcessor } from '../document-projector.js';
import type { DocumentView, Processor } from '../processor.js';

/** A view to try the machinery with: it counts what happened to a lead, and notices when something is counted twice or out of order. */
export interface Tally {
  readonly count: number;
  readonly sum: number;
  readonly trail: readonly string[];
}

export interface HappenedData {
  readonly amount: number;
  readonly poison?: boolean;
}

const NAMESPACE = '00000000-0000-4000-8000-000000000000' as Uuid; // any fixed one
export const leadOf = (n: number): Uuid => uuidv5(NAMESPACE, `lead ${n}`);

export function happened(n: number, lead: number, data: HappenedData, type = 'lead.happened'): NewEvent {
  return {
    eventId: uuidv5(NAMESPACE, `event ${n}`),
    type,
    schemaVersion: 1,
    commandId: uuidv5(NAMESPACE, `command ${n}`),
    commandDigest: '',
    correlationId: 'test',
    causationId: null,
    actor: { id: 'tester', team: 'system' },
    leadId: leadOf(lead),
    pass: 1,
    occurredAt: 1_700_000_000_000 + n,
    data,
  };
}

const fold = (before: Tally | null, event: RecordedEvent, mayBePoisoned: boolean): Tally | null => {
  if (event.type === 'lead.forgotten') return null;
  const { amount, poison } = event.data() as HappenedData; // this file's own events
  if (poison === true && mayBePoisoned) throw new Error('cannot be projected');
  const trail = [...(before?.trail ?? []), event.eventId.slice(0, 8)].slice(-5);
  return { count: (before?.count ?? 0) + 1, sum: (before?.sum ?? 0) + amount, trail };
};

export const TALLY_TYPES = ['lead.happened', 'lead.forgotten'];

export const tallyView = (mayBePoisoned = true): DocumentView<Tally> => ({
  view: 'tally',
  types: TALLY_TYPES,
  idsOf: (event) => [event.leadId ?? 'nobody'],
  project: (document, event) => fold(document, event, mayBePoisoned),
});

export const tallySpec = (processor: string, version = 1): ProcessorSpec => ({
  processor,
  version,
  views: [{ view: 'tally', fields: [{ name: 'count', type: 'number', sortable: true }] }],
});

export const tallyProcessor = (
  processor: string,
  options: { readonly poisoned?: boolean; readonly version?: number; readonly cached?: number } = {},
): Processor =>
  documentProcessor(tallySpec(processor, options.version), [tallyView(options.poisoned ?? false)], {
    cached: options.cached,
  });
