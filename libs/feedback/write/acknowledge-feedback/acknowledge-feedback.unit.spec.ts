import { asks, decided, given, happened, MARIA, SAM, specify, SYSTEM } from '../../testing/feedback-life.js';
import { acknowledgeFeedback } from './acknowledge-feedback.js';

const acknowledged = happened('feedback.acknowledged', {}, MARIA);
const answered = happened('feedback.answered', { text: 'We do now.' }, MARIA);
const resolved = happened('feedback.resolved', { note: null });

describe('AcknowledgeFeedback', () => {
  it('is for the team that it was given to, or whoever acts for all', () => {
    const spec = specify(acknowledgeFeedback).given([given()]);
    spec.when(asks(MARIA, {})).then([decided(acknowledged)]);
    spec.when(asks(SYSTEM, {})).then([decided(acknowledged)]);
    spec.when(asks(SAM, {})).thenRefused('FEEDBACK.WRONG_TEAM', 'forbidden');
  });

  it('is nothing to do once it was acknowledged or answered', () => {
    specify(acknowledgeFeedback).given([given(), acknowledged]).when(asks(MARIA, {})).thenNothing();
    specify(acknowledgeFeedback).given([given(), answered, resolved]).when(asks(MARIA, {})).thenNothing();
  });

  it('refuses what is resolved, and what does not exist', () => {
    specify(acknowledgeFeedback).given([given(), resolved]).when(asks(MARIA, {})).thenRefused('FEEDBACK.RESOLVED');
    specify(acknowledgeFeedback).given([]).when(asks(MARIA, {})).thenRefused('FEEDBACK.NOT_FOUND', 'not-found');
  });
});
