import type { Asked } from './asked.js';
import { asks, closed, FINN, happened, MARIA, opened, QUEUE, SAM, specify } from './testing/review-life.js';
import { addReviewAction } from './write/add-review-action/add-review-action.js';
import { closeLeadReview, type CloseLeadReview } from './write/close-lead-review/close-lead-review.js';
import { decideInReview } from './write/decide-in-review/decide-in-review.js';
import { finishReviewAction } from './write/finish-review-action/finish-review-action.js';

const DECISION = { decisionId: 'd1', text: 'Webinars name the price.' };
const ACTION = { actionId: 'a1', text: 'Write it into the invitation.', owner: 'maria', due: '2026-03-15' };
const decided = happened('review.decided', DECISION);
const added = happened('review.action-added', ACTION);
const done = happened('review.action-done', { actionId: 'a1', note: null });

describe('DecideInReview', () => {
  it('is for both teams, while the session is open, once', () => {
    const spec = specify(decideInReview);
    spec.given([opened()]).when(asks(MARIA, DECISION)).then([decided]);
    spec.given([opened(), decided]).when(asks(SAM, DECISION)).thenNothing();
    spec.given([opened(), decided, closed()]).when(asks(SAM, DECISION)).thenNothing();
    spec
      .given([opened(), decided])
      .when(asks(SAM, { ...DECISION, text: 'No.' }))
      .thenRefused('REVIEW.MEANS_SOMETHING_ELSE');
    spec.given([opened(), closed()]).when(asks(SAM, DECISION)).thenRefused('REVIEW.CLOSED', 'refused');
    spec.given([opened()]).when(asks(FINN, DECISION)).thenRefused('REVIEW.WRONG_TEAM', 'forbidden');
    spec.given([]).when(asks(SAM, DECISION)).thenRefused('REVIEW.NOT_FOUND', 'not-found');
  });
});

describe('AddReviewAction', () => {
  it('says who does what by when, once', () => {
    const spec = specify(addReviewAction);
    spec.given([opened()]).when(asks(SAM, ACTION)).then([added]);
    spec.given([opened(), added]).when(asks(SAM, ACTION)).thenNothing();
    spec
      .given([opened(), added])
      .when(asks(SAM, { ...ACTION, due: '2026-04-01' }))
      .thenRefused('REVIEW.MEANS_SOMETHING_ELSE');
    spec.given([opened(), closed()]).when(asks(SAM, ACTION)).thenRefused('REVIEW.CLOSED');
  });
});

describe('FinishReviewAction', () => {
  it('is possible after the session, once', () => {
    const spec = specify(finishReviewAction);
    const finish = { actionId: 'a1', note: null };
    spec.given([opened(), added, closed()]).when(asks(MARIA, finish)).then([done]);
    spec.given([opened(), added, done]).when(asks(MARIA, finish)).thenNothing();
    spec
      .given([opened(), added, done])
      .when(asks(MARIA, { ...finish, note: 'x' }))
      .thenRefused('REVIEW.MEANS_SOMETHING_ELSE');
    spec.given([opened()]).when(asks(MARIA, finish)).thenRefused('REVIEW.NO_SUCH_ACTION', 'not-found');
  });
});

describe('CloseLeadReview', () => {
  it('lists what was not reviewed, once', () => {
    const spec = specify((command: Asked<CloseLeadReview>, review) => closeLeadReview(command, review, QUEUE));
    spec.given([opened()]).when(asks(SAM, {})).then([closed()]);
    spec.given([opened(), closed()]).when(asks(SAM, {})).thenNothing();
    spec.given([opened()]).when(asks(MARIA, {})).thenRefused('REVIEW.WRONG_TEAM', 'forbidden');
    spec.given([]).when(asks(SAM, {})).thenRefused('REVIEW.NOT_FOUND');
  });
});
