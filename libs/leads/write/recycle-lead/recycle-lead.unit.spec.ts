import {
  asks,
  created,
  deals,
  event,
  lostOn,
  mql,
  ofLead,
  recycled,
  rejected,
  sal,
  sql,
  wonOn,
} from '../../testing/lead-life.js';
import { MARIA, NOW, SAM, SYSTEM } from '../../testing/leads-deps.js';
import { recycleLead } from './recycle-lead.js';

describe('RecycleLead', () => {
  const later = { reason: 'bad-timing', note: null, until: '2026-09-01' };
  const unworked = { reason: 'not-worked-in-time', note: null, until: null };

  it('sends an MQL, SAL or SQL back to nurturing, until a day', () => {
    for (const stage of [mql(1), sal(1), sql(1)]) {
      ofLead(recycleLead)
        .given([created(), stage])
        .when(asks(SAM, later))
        .then([event('lead.recycled', NOW, later)]);
    }
  });

  it('needs all deals of the pass lost or annulled', () => {
    const lost = { ...later, reason: 'deal-lost' };
    ofLead(recycleLead, deals({}))
      .given([created(), sql(1)])
      .when(asks(SAM, lost))
      .thenRefused('LEAD.TRANSITION_REFUSED', 'refused');
    ofLead(recycleLead, deals(lostOn(8), {}))
      .given([created(), sql(1)])
      .when(asks(SAM, lost))
      .thenRefused('LEAD.TRANSITION_REFUSED');
    ofLead(recycleLead, deals(lostOn(8), lostOn(9)))
      .given([created(), sql(1)])
      .when(asks(SAM, lost))
      .then([event('lead.recycled', NOW, lost)]);
    ofLead(recycleLead, deals(lostOn(8)))
      .given([created()])
      .when(asks(SAM, lost))
      .then([event('lead.recycled', NOW, lost)]);
    ofLead(recycleLead).given([created()]).when(asks(SAM, lost)).thenRefused('LEAD.TRANSITION_REFUSED');
  });

  it('is refused for a customer', () => {
    ofLead(recycleLead, deals(wonOn(8)))
      .given([created(), sql(1)])
      .when(asks(SAM, later))
      .thenRefused('LEAD.TRANSITION_REFUSED');
  });

  it('lets marketing take back an MQL that was not worked in time, and nothing else', () => {
    ofLead(recycleLead)
      .given([created(), mql(1)])
      .when(asks(MARIA, unworked))
      .then([event('lead.recycled', NOW, unworked)]);
    ofLead(recycleLead)
      .given([created(), mql(1)])
      .when(asks(MARIA, later))
      .thenRefused('LEAD.WRONG_TEAM', 'forbidden');
    ofLead(recycleLead)
      .given([created(), mql(1), sal(2)])
      .when(asks(MARIA, unworked))
      .thenRefused('LEAD.WRONG_TEAM', 'forbidden');
  });

  it('lets the system do what sales may', () => {
    ofLead(recycleLead)
      .given([created(), sql(1)])
      .when(asks(SYSTEM, later))
      .then([event('lead.recycled', NOW, later)]);
  });

  it('does nothing the second time, and is refused with another day', () => {
    const same = { reason: 'bad-timing', note: null, until: null };
    ofLead(recycleLead)
      .given([created(), mql(1), recycled(2)])
      .when(asks(SAM, same))
      .thenNothing();
    ofLead(recycleLead)
      .given([created(), mql(1), recycled(2)])
      .when(asks(SAM, later))
      .thenRefused('LEAD.MEANS_SOMETHING_ELSE');
  });

  it('is refused for a rejected lead, and for reasons of other lists', () => {
    ofLead(recycleLead)
      .given([created(), mql(1), rejected(2)])
      .when(asks(SAM, later))
      .thenRefused('LEAD.TRANSITION_REFUSED');
    ofLead(recycleLead)
      .given([created(), mql(1)])
      .when(asks(SAM, { ...later, reason: 'competitor' }))
      .thenRefused('LEAD.UNKNOWN_REASON');
  });
});
