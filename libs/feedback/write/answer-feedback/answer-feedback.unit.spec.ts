import { asks, decided, given, happened, MARIA, SAM, specify } from '../../testing/feedback-life.js';
import { answerFeedback } from './answer-feedback.js';

const answered = happened('feedback.answered', { text: 'We do now.' }, MARIA);

describe('AnswerFeedback', () => {
  it('is for the team that it was given to, as often as it has something to say', () => {
    specify(answerFeedback)
      .given([given()])
      .when(asks(MARIA, { text: 'We do now.' }))
      .then([decided(answered)]);
    specify(answerFeedback)
      .given([given(), answered])
      .when(asks(MARIA, { text: 'And the deadline.' }))
      .then([decided(happened('feedback.answered', { text: 'And the deadline.' }))]);
    specify(answerFeedback)
      .given([given()])
      .when(asks(SAM, { text: 'So?' }))
      .thenRefused('FEEDBACK.WRONG_TEAM');
  });

  it('is nothing to do in the same words by the same person', () => {
    specify(answerFeedback)
      .given([given(), answered])
      .when(asks(MARIA, { text: 'We do now.' }))
      .thenNothing();
  });

  it('refuses what is resolved', () => {
    specify(answerFeedback)
      .given([given(), happened('feedback.resolved', { note: null })])
      .when(asks(MARIA, { text: 'Late.' }))
      .thenRefused('FEEDBACK.RESOLVED', 'refused');
  });
});
