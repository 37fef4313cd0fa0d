import { asks, decided, given, happened, MARIA, SAM, specify } from '../../testing/feedback-life.js';
import { resolveFeedback } from './resolve-feedback.js';

const resolved = happened('feedback.resolved', { note: 'thanks' });

describe('ResolveFeedback', () => {
  it('is for the team that gave it, or a head', () => {
    const spec = specify(resolveFeedback).given([given()]);
    spec.when(asks(SAM, { note: 'thanks' })).then([decided(resolved)]);
    spec.when(asks(MARIA, { note: 'thanks' }, 'head')).then([decided(resolved)]);
    spec.when(asks(MARIA, { note: 'thanks' })).thenRefused('FEEDBACK.WRONG_TEAM', 'forbidden');
  });

  it('is nothing to do again, and refused in other words', () => {
    const spec = specify(resolveFeedback).given([given(), resolved]);
    spec.when(asks(SAM, { note: 'thanks' })).thenNothing();
    spec.when(asks(SAM, { note: null })).thenRefused('FEEDBACK.MEANS_SOMETHING_ELSE', 'refused');
  });
});
