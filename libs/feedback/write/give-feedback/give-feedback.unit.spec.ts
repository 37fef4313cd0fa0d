import {
  asks,
  decided,
  FINN,
  GIVEN,
  given,
  happened,
  LEAD,
  MARIA,
  NOW,
  SAM,
  specify,
  SYSTEM,
} from '../../testing/feedback-life.js';
import { giveFeedback } from './give-feedback.js';

const { about, kind, text } = GIVEN;
const nothing = specify(giveFeedback).given([]);

describe('GiveFeedback', () => {
  it('goes to the other team', () => {
    nothing.when(asks(SAM, { about, kind, text })).then([decided(given())]);
    nothing.when(asks(MARIA, { about, kind, text })).then([decided(given({ from: 'marketing', to: 'sales' }))]);
  });

  it('belongs to the lead that it is about', () => {
    const ofLead = { kind: 'lead', lead: LEAD } as const;
    nothing
      .when(asks(SAM, { about: ofLead, kind, text }))
      .then([decided(happened('feedback.given', { ...GIVEN, about: ofLead }, SAM, LEAD))]);
  });

  it('needs a team when neither acts', () => {
    nothing.when(asks(SYSTEM, { about, kind, text })).thenRefused('FEEDBACK.TEAM_REQUIRED', 'malformed');
    nothing.when(asks(SYSTEM, { about, kind, text, to: 'marketing' as const })).then([decided(given())]);
  });

  it('refuses the own team, a third one, and a day to come', () => {
    nothing.when(asks(SAM, { about, kind, text, to: 'sales' as const })).thenRefused('FEEDBACK.OWN_TEAM', 'refused');
    nothing.when(asks(FINN, { about, kind, text })).thenRefused('FEEDBACK.WRONG_TEAM', 'forbidden');
    nothing.when(asks(SAM, { about, kind, text, occurredAt: NOW + 600_000 })).thenRefused('REQUEST.OCCURRED_IN_FUTURE');
  });

  it('is nothing to do the second time, and refused in other words', () => {
    const before = specify(giveFeedback).given([given()]);
    before.when(asks(SAM, { about, kind, text })).thenNothing();
    before.when(asks(SAM, { about, kind, text: 'Never mind.' })).thenRefused('FEEDBACK.MEANS_SOMETHING_ELSE');
  });
});
