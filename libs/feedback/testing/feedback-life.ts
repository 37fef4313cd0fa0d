import type { Actor } from '#kernel/envelope.js';
import { decide, type GivenEvent } from '#kernel/testing/given-when-then.js';
import type { Uuid } from '#kernel/ids.js';
import type { Asked } from '../asked.js';
import type { FeedbackEvent, FeedbackGivenData } from '../events/feedback-events.js';
import { evolveFeedback, initialFeedback, type FeedbackState } from '../feedback.js';

export const NOW = Date.UTC(2026, 2, 1, 12);
export const LEAD = '7d444840-9dc0-11d1-b245-5ffdce74fad2' as Uuid; // UUID text
export const SAM: Actor = { id: 'sam', team: 'sales' };
export const MARIA: Actor = { id: 'maria', team: 'marketing' };
export const FINN: Actor = { id: 'finn', team: 'finance' };
export const SYSTEM: Actor = { id: 'anonymous', team: 'system' };

export const asks = <Input>(actor: Actor, input: Input, role: 'member' | 'head' | null = 'member'): Asked<Input> => ({
  actor,
  role,
  now: NOW,
  input,
});

type DataOf<Type extends FeedbackEvent['type']> = Extract<FeedbackEvent, { type: Type }>['data'];

export const happened = <Type extends FeedbackEvent['type']>(
  type: Type,
  data: DataOf<Type>,
  by: Actor = SAM,
  leadId: Uuid | null = null,
): GivenEvent<FeedbackEvent> =>
  ({ type, leadId, pass: null, occurredAt: NOW, data, actor: by }) as GivenEvent<FeedbackEvent>; // of the type given

/** From sales to marketing, about the process. */
export const GIVEN: FeedbackGivenData = {
  from: 'sales',
  to: 'marketing',
  about: { kind: 'process' },
  kind: 'request',
  text: 'Please send the budget along.',
};

export const given = (data: Partial<FeedbackGivenData> = {}): GivenEvent<FeedbackEvent> =>
  happened('feedback.given', { ...GIVEN, ...data });

export const specify = <Command>(decision: (command: Command, state: FeedbackState) => FeedbackEvent[]) =>
  decide<FeedbackState, Command, FeedbackEvent>({
    initialState: initialFeedback,
    evolve: evolveFeedback,
    decide: decision,
  });

/** Without the actor, which only a recorded event has. */
export const decided = ({ actor: _actor, ...event }: GivenEvent<FeedbackEvent>): FeedbackEvent => event; // what is left
