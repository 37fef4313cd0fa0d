import type { Asked } from '../../asked.js';
import { asks, FINN, MARIA, NOW, opened, QUEUE, SAM, SCOPE, specify } from '../../testing/review-life.js';
import { LONGEST_QUEUE, openLeadReview, type OpenLeadReview } from './open-lead-review.js';

const withQueue = (items = QUEUE) =>
  specify((command: Asked<OpenLeadReview>, review) => openLeadReview(command, review, { asOf: '17', items }));

describe('OpenLeadReview', () => {
  it('fixes the queue as the ledger knows it, an empty one too', () => {
    withQueue()
      .given([])
      .when(asks(SAM, { scope: SCOPE }))
      .then([opened()]);
    withQueue([])
      .given([])
      .when(asks(SAM, { scope: SCOPE }))
      .then([{ ...opened(), data: { scope: SCOPE, asOf: '17', queue: [] } } as never]);
  });

  it('is nothing to do for the same scope, whatever is due by now', () => {
    withQueue([])
      .given([opened()])
      .when(asks(SAM, { scope: SCOPE }))
      .thenNothing();
    withQueue()
      .given([opened()])
      .when(asks(SAM, { scope: { ...SCOPE, owner: 'sam' } }))
      .thenRefused('REVIEW.MEANS_SOMETHING_ELSE');
  });

  it('is held by sales', () => {
    withQueue()
      .given([])
      .when(asks(MARIA, { scope: SCOPE }))
      .thenRefused('REVIEW.WRONG_TEAM', 'forbidden');
    withQueue()
      .given([])
      .when(asks(FINN, { scope: SCOPE }))
      .thenRefused('REVIEW.WRONG_TEAM', 'forbidden');
  });

  it('refuses a period that ends before it begins, a queue that no meeting works through, a day to come', () => {
    withQueue()
      .given([])
      .when(asks(SAM, { scope: { ...SCOPE, to: '2026-01-31' } }))
      .thenRefused('REVIEW.EMPTY_PERIOD', 'malformed');
    const [item] = QUEUE;
    withQueue(Array.from({ length: LONGEST_QUEUE + 1 }, () => item!))
      .given([])
      .when(asks(SAM, { scope: SCOPE }))
      .thenRefused('REVIEW.QUEUE_TOO_LONG', 'refused');
    withQueue()
      .given([])
      .when(asks(SAM, { scope: SCOPE, occurredAt: NOW + 600_000 }))
      .thenRefused('REQUEST.OCCURRED_IN_FUTURE');
  });
});
