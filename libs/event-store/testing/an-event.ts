import type { NewEvent } from '#kernel/envelope.js';
import { freshUuid } from '#kernel/ids.js';

/** A new event with everything that a test does not care about filled in. */
export function anEvent(given: Partial<NewEvent> = {}): NewEvent {
  const commandId = given.commandId ?? freshUuid();
  return {
    eventId: freshUuid(),
    type: 'test.happened',
    schemaVersion: 1,
    commandId,
    commandDigest: 'digest',
    correlationId: commandId,
    causationId: null,
    actor: { id: 'ada', team: 'marketing' },
    leadId: null,
    pass: null,
    occurredAt: Date.UTC(2026, 2, 1, 9, 30),
    data: {},
    ...given,
  };
}

export const someEvents = (count: number, given: (index: number) => Partial<NewEvent> = () => ({})): NewEvent[] =>
  Array.from({ length: count }, (_, index) => anEvent(given(index)));
