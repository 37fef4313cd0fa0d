import { asks, created, event, mql, ofLead, on, rejected } from '../../testing/lead-life.js';
import { MARIA, NOW, SAM } from '../../testing/leads-deps.js';
import { builtIn } from '#codelists/code-list.js';
import type { Asked } from '../../asked.js';
import { reviewLead, type ReviewLeadInput } from './review-lead.js';

const review = ofLead((asked: Asked<ReviewLeadInput>, lead) => reviewLead(asked, lead));

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
    review
      .given([created()])
      .when(asks(SAM, good))
      .then([event('lead.reviewed', NOW, good)]);
  });

  it('does nothing when the same person says the same again', () => {
    review
      .given([created(), on(1, 'lead.reviewed', good, { by: SAM })])
      .when(asks(SAM, good))
      .thenNothing();
  });

  it('replaces an earlier opinion, and lets others have theirs', () => {
    const known = [created(), on(1, 'lead.reviewed', good, { by: SAM })];
    review
      .given(known)
      .when(asks(SAM, { ...good, quality: 2 }))
      .then([event('lead.reviewed', NOW, { ...good, quality: 2 })]);
    review
      .given(known)
      .when(asks(MARIA, good))
      .then([event('lead.reviewed', NOW, good)]);
  });

  it('takes a quality from 1 to 5, or none', () => {
    for (const quality of [0, 6, 2.5]) {
      review
        .given([created()])
        .when(asks(SAM, { ...good, quality }))
        .thenRefused('LEAD.BAD_QUALITY', 'malformed');
    }
    review
      .given([created()])
      .when(asks(SAM, { ...good, quality: null }))
      .then([event('lead.reviewed', NOW, { ...good, quality: null })]);
  });

  it('takes the codes of the lists that somebody defined', () => {
    const lists = {
      needs: { name: 'needs', version: 1, codes: [{ code: 'reporting', text: 'Reporting', retired: true }] },
      challenges: builtIn('challenges'),
      helped: { name: 'helped', version: 1, codes: [{ code: 'demo', text: 'A demo', retired: false }] },
      'went-wrong': builtIn('went-wrong'),
    } as const;
    const listed = ofLead((asked: Asked<ReviewLeadInput>, lead) => reviewLead(asked, lead, lists)).given([created()]);
    listed
      .when(asks(SAM, { ...good, needs: [], helped: ['demo'], wentWrong: ['anything'] }))
      .then([event('lead.reviewed', NOW, { ...good, needs: [], helped: ['demo'], wentWrong: ['anything'] })]);
    listed.when(asks(SAM, good)).thenRefused('LEAD.UNKNOWN_CODE', 'malformed');
    listed.when(asks(SAM, { ...good, needs: [], helped: ['demo', 'price'] })).thenRefused('LEAD.UNKNOWN_CODE');
  });

  it('may be about an earlier pass, never about one to come', () => {
    const again = [created(), mql(1), rejected(2), mql(3, 2)];
    review
      .given(again)
      .when(asks(SAM, { ...good, ofPass: 1 }))
      .then([event('lead.reviewed', NOW, good, 1)]);
    review
      .given(again)
      .when(asks(SAM, good))
      .then([event('lead.reviewed', NOW, good, 2)]);
    review
      .given(again)
      .when(asks(SAM, { ...good, ofPass: 3 }))
      .thenRefused('LEAD.NO_SUCH_PASS', 'malformed');
    review
      .given([...again, on(4, 'lead.reviewed', good, { by: SAM, pass: 1 })])
      .when(asks(SAM, good))
      .then([event('lead.reviewed', NOW, good, 2)]);
  });
});
