import { idOf, recorder, SALES } from '#platform/testing/recorder.js';
import { feedbackStream, type FeedbackEvent } from '../events/feedback-events.js';
import { guidelineStream, type GuidelineEvent } from '../events/guideline-events.js';
import { GIVEN } from '../testing/feedback-life.js';
import { projectFeedback, type FeedbackDocument } from './feedback/feedback-document.js';
import { projectGuideline, type GuidelineDocument } from './guideline/guideline-document.js';

const ID = idOf('feedback');
const MARIA = { id: 'maria', team: 'marketing' } as const;

function feedback(
  ...events: readonly [FeedbackEvent['type'], number, object, typeof MARIA?][]
): FeedbackDocument | null {
  const record = recorder();
  return events.reduce<FeedbackDocument | null>((before, [type, occurredAt, data, by]) => {
    const event = { type, occurredAt, leadId: null, pass: null, data };
    return projectFeedback(before, record(feedbackStream(ID), event, by ?? SALES), ID);
  }, null);
}

describe('The feedback document', () => {
  it('goes from open to resolved', () => {
    expect(feedback(['feedback.given', 10, GIVEN])).toMatchObject({
      status: 'open',
      givenAt: 10,
      acknowledgedAt: null,
    });
    expect(feedback(['feedback.given', 10, GIVEN], ['feedback.acknowledged', 20, {}, MARIA])).toMatchObject({
      status: 'acknowledged',
      acknowledgedAt: 20,
      acknowledgedBy: 'maria',
    });
    expect(
      feedback(
        ['feedback.given', 10, GIVEN],
        ['feedback.answered', 30, { text: 'We do now.' }, MARIA],
        ['feedback.resolved', 40, { note: null }],
      ),
    ).toMatchObject({
      revision: 2,
      status: 'resolved',
      acknowledgedAt: 30,
      answers: [{ by: 'maria', at: 30, text: 'We do now.' }],
      resolvedAt: 40,
    });
  });

  it('is acknowledged once, by whoever was first', () => {
    expect(
      feedback(
        ['feedback.given', 10, GIVEN],
        ['feedback.acknowledged', 20, {}, MARIA],
        ['feedback.answered', 30, { text: 'a' }],
      ),
    ).toMatchObject({ acknowledgedAt: 20, acknowledgedBy: 'maria', status: 'answered' });
  });

  it('is nothing before it was given', () => {
    expect(feedback(['feedback.acknowledged', 20, {}])).toBeNull();
  });
});

describe('The guideline document', () => {
  const record = recorder();
  const of = (type: GuidelineEvent['type'], occurredAt: number, data: object) =>
    record(guidelineStream('handover'), { type, occurredAt, leadId: null, pass: null, data });
  const words = { name: 'handover', title: 'Handover', text: 'Call.', teams: ['sales'] };

  it('keeps who acknowledged what over its versions', () => {
    const document = [
      of('guideline.published', 10, { ...words, version: 1 }),
      of('guideline.acknowledged', 20, { version: 1, member: 'sam' }),
      of('guideline.published', 30, { ...words, version: 2, text: 'Call soon.' }),
      of('guideline.acknowledged', 40, { version: 2, member: 'sam' }),
      of('guideline.acknowledged', 50, { version: 2, member: 'ada' }),
    ].reduce<GuidelineDocument | null>((before, event) => projectGuideline(before, event, 'handover'), null);
    expect(document).toMatchObject({
      version: 2,
      text: 'Call soon.',
      publishedAt: 30,
      acknowledged: [
        { member: 'sam', version: 2, at: 40 },
        { member: 'ada', version: 2, at: 50 },
      ],
    });
  });
});
