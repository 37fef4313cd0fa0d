import { asks, created, event, ofLead, on } from '../../testing/lead-life.js';
import { MARIA, NOW, SAM } from '../../testing/leads-deps.js';
import { reviewLead } from './review-lead.js';

describe('ReviewLead', () => {
  const good = {
    phase: 'intake',
    quality: 4,
    needs: ['reporting'],
    challenges: [],
    helped: [],
    wentWrong: [],
    note: 'fits',
  } as const;

  it('records what somebody thinks of the lead', () => {
    ofLead(reviewLead)
      .given([created()])
      .when(asks(SAM, good))
      .then([event('lead.reviewed', NOW, good)]);
  });

  it('does nothing when the same person says the same again', () => {
    ofLead(reviewLead)
      .given([created(), on(1, 'lead.reviewed', good, { by: SAM })])
      .when(asks(SAM, good))
      .thenNothing();
  });

  it('replaces an earlier opinion, and lets others have theirs', () => {
    const known = [created(), on(1, 'lead.reviewed', good, { by: SAM })];
    ofLead(reviewLead)
      .given(known)
      .when(asks(SAM, { ...good, quality: 2 }))
      .then([event('lead.reviewed', NOW, { ...good, quality: 2 })]);
    ofLead(reviewLead)
      .given(known)
      .when(asks(MARIA, good))
      .then([event('lead.reviewed', NOW, good)]);
  });

  it('takes a quality from 1 to 5, or none', () => {
    for (const quality of [0, 6, 2.5]) {
      ofLead(reviewLead)
        .given([created()])
        .when(asks(SAM, { ...good, quality }))
        .thenRefused('LEAD.BAD_QUALITY', 'malformed');
    }
    ofLead(reviewLead)
      .given([created()])
      .when(asks(SAM, { ...good, quality: null }))
      .then([event('lead.reviewed', NOW, { ...good, quality: null })]);
  });
});
