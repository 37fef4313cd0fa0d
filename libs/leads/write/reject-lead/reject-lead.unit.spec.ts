import {
  asks,
  assigned,
  created,
  day,
  deals,
  event,
  lostOn,
  mql,
  ofLead,
  rejected,
  sal,
  sql,
  wonOn,
} from '../../testing/lead-life.js';
import { MARIA, NOW, SAM } from '../../testing/leads-deps.js';
import type { CodeList } from '#codelists/events/code-list-events.js';
import type { Asked } from '../../asked.js';
import { rejectLead, type RejectLeadInput } from './reject-lead.js';

describe('RejectLead', () => {
  const because = { reason: 'no-need', note: null };

  it('gives an MQL back to marketing', () => {
    ofLead(rejectLead)
      .given([created(), mql(1)])
      .when(asks(SAM, because))
      .then([event('lead.rejected', NOW, because)]);
  });

  it('gives a mere lead back only when it was assigned to sales', () => {
    ofLead(rejectLead).given([created()]).when(asks(SAM, because)).thenRefused('LEAD.TRANSITION_REFUSED', 'refused');
    ofLead(rejectLead)
      .given([created(), assigned(1, 'maria', 'marketing')])
      .when(asks(SAM, because))
      .thenRefused('LEAD.TRANSITION_REFUSED');
    ofLead(rejectLead)
      .given([created(), assigned(1, 'sue', 'sales')])
      .when(asks(SAM, because))
      .then([event('lead.rejected', NOW, because)]);
    ofLead(rejectLead)
      .given([created(), assigned(1, null, 'sales')])
      .when(asks(SAM, because))
      .then([event('lead.rejected', NOW, because)]);
    ofLead(rejectLead)
      .given([created(0, { owner: 'sue', ownerTeam: 'sales' })])
      .when(asks(SAM, because))
      .then([event('lead.rejected', NOW, because)]);
  });

  it('is refused once sales works the lead', () => {
    ofLead(rejectLead)
      .given([created(), mql(1), sal(2)])
      .when(asks(SAM, because))
      .thenRefused('LEAD.TRANSITION_REFUSED');
    ofLead(rejectLead)
      .given([created(), sql(2)])
      .when(asks(SAM, because))
      .thenRefused('LEAD.TRANSITION_REFUSED');
    for (const deal of [{}, lostOn(9), wonOn(9)]) {
      ofLead(rejectLead, deals(deal))
        .given([created(), mql(1)])
        .when(asks(SAM, because))
        .thenRefused('LEAD.TRANSITION_REFUSED');
    }
    ofLead(rejectLead, deals({ status: 'annulled' }))
      .given([created(), mql(1)])
      .when(asks(SAM, because))
      .then([event('lead.rejected', NOW, because)]);
  });

  it('may reject the new pass of a customer', () => {
    const known = { reason: 'already-customer', note: null };
    ofLead(rejectLead, deals(wonOn(3)))
      .given([created(), mql(5, 2)])
      .when(asks(SAM, known))
      .then([event('lead.rejected', NOW, known, 2)]);
  });

  it('is for sales', () => {
    ofLead(rejectLead)
      .given([created(), mql(1)])
      .when(asks(MARIA, because))
      .thenRefused('LEAD.WRONG_TEAM', 'forbidden');
  });

  it('takes a reason of the list, and a note with "other"', () => {
    ofLead(rejectLead)
      .given([created(), mql(1)])
      .when(asks(SAM, { reason: 'no-response', note: null }))
      .thenRefused('LEAD.UNKNOWN_REASON', 'malformed');
    ofLead(rejectLead)
      .given([created(), mql(1)])
      .when(asks(SAM, { reason: 'other', note: ' ' }))
      .thenRefused('LEAD.NOTE_REQUIRED', 'malformed');
    const other = { reason: 'other', note: 'moved abroad' };
    ofLead(rejectLead)
      .given([created(), mql(1)])
      .when(asks(SAM, other))
      .then([event('lead.rejected', NOW, other)]);
  });

  it('takes the reasons of the list as it was defined last', () => {
    const codes: CodeList = {
      name: 'reject',
      version: 2,
      codes: [
        { code: 'no-need', text: 'No need', retired: true },
        { code: 'too-small', text: 'Too small for us', retired: false },
      ],
    };
    const listed = ofLead((asked: Asked<RejectLeadInput>, lead, itsDeals) => rejectLead(asked, lead, itsDeals, codes));
    const small = { reason: 'too-small', note: null };
    listed
      .given([created(), mql(1)])
      .when(asks(SAM, small))
      .then([event('lead.rejected', NOW, small)]);
    listed
      .given([created(), mql(1)])
      .when(asks(SAM, because))
      .thenRefused('LEAD.UNKNOWN_REASON', 'malformed');
  });

  it('does nothing the second time; another reason, words or day are refused', () => {
    const ofRejected = ofLead(rejectLead).given([created(), mql(1), rejected(2)]);
    ofRejected.when(asks(SAM, because)).thenNothing();
    ofRejected.when(asks(SAM, { ...because, occurredAt: day(2) })).thenNothing();
    ofRejected.when(asks(SAM, { ...because, reason: 'no-budget' })).thenRefused('LEAD.MEANS_SOMETHING_ELSE', 'refused');
    ofRejected.when(asks(SAM, { ...because, note: 'so she says' })).thenRefused('LEAD.MEANS_SOMETHING_ELSE');
    ofRejected.when(asks(SAM, { ...because, occurredAt: day(3) })).thenRefused('LEAD.MEANS_SOMETHING_ELSE');
  });
});
