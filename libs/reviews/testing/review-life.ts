import type { Actor } from '#kernel/envelope.js';
import { decide, type GivenEvent } from '#kernel/testing/given-when-then.js';
import type { Asked } from '../asked.js';
import type { QueueItem, ReviewEvent, ReviewScope } from '../events/review-events.js';
import { evolveReview, initialReview, type ReviewState } from '../review.js';

export const NOW = Date.UTC(2026, 2, 1, 12);
export const LEAD = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
export const SAM: Actor = { id: 'sam', team: 'sales' };
export const MARIA: Actor = { id: 'maria', team: 'marketing' };
export const FINN: Actor = { id: 'finn', team: 'finance' };

export const SCOPE: ReviewScope = { from: '2026-02-01', to: '2026-02-28', owner: null, segment: null, channel: null };
export const QUEUE: readonly QueueItem[] = [
  { lead: LEAD, pass: 1, phase: 'outcome' },
  { lead: LEAD, pass: 2, phase: 'intake' },
];

type DataOf<Type extends ReviewEvent['type']> = Extract<ReviewEvent, { type: Type }>['data'];

export const happened = <Type extends ReviewEvent['type']>(type: Type, data: DataOf<Type>): GivenEvent<ReviewEvent> =>
  ({ type, leadId: null, pass: null, occurredAt: NOW, data }) as unknown as GivenEvent<ReviewEvent>; // of the type given

export const opened = (): GivenEvent<ReviewEvent> =>
  happened('review.opened', { scope: SCOPE, asOf: '17', queue: QUEUE });
export const closed = (): GivenEvent<ReviewEvent> => happened('review.closed', { notReviewed: QUEUE });

export const asks = <Input>(actor: Actor, input: Input): Asked<Input> => ({ actor, now: NOW, input });

export const specify = <Command>(decision: (command: Command, state: ReviewState) => ReviewEvent[]) =>
  decide<ReviewState, Command, ReviewEvent>({ initialState: initialReview, evolve: evolveReview, decide: decision });
