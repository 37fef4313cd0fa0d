import { idOf, recorder } from '#platform/testing/recorder.js';
import { reviewStream, type ReviewEvent } from '../../events/review-events.js';
import { QUEUE, SCOPE } from '../../testing/review-life.js';
import { projectSession, type SessionDocument } from './session-document.js';

const ID = idOf('review');

function session(...events: readonly [ReviewEvent['type'], number, object][]): SessionDocument | null {
  const record = recorder();
  return events.reduce<SessionDocument | null>((before, [type, occurredAt, data]) => {
    const event = record(reviewStream(ID), { type, occurredAt, leadId: null, pass: null, data });
    return projectSession(before, event, ID);
  }, null);
}

describe('The document of a lead review', () => {
  const opened = ['review.opened', 10, { scope: SCOPE, asOf: '7', queue: QUEUE }] as const;
  const action = { actionId: 'a', text: 'Call them.', owner: 'sam', due: '2026-03-15' };

  it('collects decisions and actions until it is closed', () => {
    expect(session([...opened], ['review.decided', 20, { decisionId: 'd', text: 'Call first.' }])).toMatchObject({
      status: 'open',
      queue: QUEUE,
      decisions: [{ decisionId: 'd', by: 'sam', at: 20 }],
      notReviewed: null,
    });
    expect(
      session(
        [...opened],
        ['review.action-added', 20, action],
        ['review.closed', 30, { notReviewed: QUEUE.slice(1) }],
        ['review.action-done', 40, { actionId: 'a', note: 'done' }],
      ),
    ).toMatchObject({
      revision: 3,
      status: 'closed',
      closedAt: 30,
      notReviewed: QUEUE.slice(1),
      actions: [{ ...action, doneAt: 40, note: 'done' }],
    });
  });

  it('is nothing before it was opened', () => {
    expect(session(['review.closed', 30, { notReviewed: [] }])).toBeNull();
  });
});
