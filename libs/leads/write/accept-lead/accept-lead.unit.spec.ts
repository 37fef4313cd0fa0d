import { asks, assigned, created, day, event, mql, ofLead, on, recycled, sal, sql } from '../../testing/lead-life.js';
import { MARIA, NOW, SAM, SYSTEM } from '../../testing/leads-deps.js';
import { acceptLead } from './accept-lead.js';

describe('AcceptLead', () => {
  const note = null;

  it('makes an MQL a SAL, and a lead without owner the property of who accepts it', () => {
    ofLead(acceptLead)
      .given([created(), mql(1)])
      .when(asks(SAM, { note: 'on Monday' }))
      .then([event('lead.accepted', NOW, { becomesOwner: 'sam', note: 'on Monday' })]);
  });

  it('lets sales pull a lead that nobody qualified', () => {
    ofLead(acceptLead)
      .given([created()])
      .when(asks(SAM, { note }))
      .then([event('lead.accepted', NOW, { becomesOwner: 'sam', note })]);
  });

  it('leaves an owner in charge', () => {
    ofLead(acceptLead)
      .given([created(), assigned(1, 'sue', 'sales')])
      .when(asks(SAM, { note }))
      .then([event('lead.accepted', NOW, { becomesOwner: null, note })]);
  });

  it('makes nobody the owner when the system accepts', () => {
    ofLead(acceptLead)
      .given([created()])
      .when(asks(SYSTEM, { note }))
      .then([event('lead.accepted', NOW, { becomesOwner: null, note })]);
  });

  it('is for sales', () => {
    ofLead(acceptLead)
      .given([created(), mql(1)])
      .when(asks(MARIA, { note }))
      .thenRefused('LEAD.WRONG_TEAM', 'forbidden');
  });

  it('does nothing when it was accepted already, and is refused in other words', () => {
    ofLead(acceptLead)
      .given([created(), sal(1)])
      .when(asks(SAM, { note }))
      .thenNothing();
    ofLead(acceptLead)
      .given([created(), sal(1)])
      .when(asks(SAM, { note: 'other' }))
      .thenRefused('LEAD.MEANS_SOMETHING_ELSE');
  });

  it('is a backfill before SQL only', () => {
    ofLead(acceptLead)
      .given([created(), sql(5)])
      .when(asks(SAM, { note, occurredAt: day(4) }))
      .then([event('lead.accepted', day(4), { becomesOwner: 'sam', note })]);
    ofLead(acceptLead)
      .given([created(), sql(5)])
      .when(asks(SAM, { note, occurredAt: day(6) }))
      .thenRefused('LEAD.TRANSITION_REFUSED');
  });

  it('begins a new pass from recycled', () => {
    ofLead(acceptLead)
      .given([created(), mql(1), recycled(2)])
      .when(asks(SAM, { note }))
      .then([event('lead.accepted', NOW, { becomesOwner: 'sam', note }, 2)]);
  });

  it('takes the ownership back along when the acceptance is annulled', () => {
    ofLead(acceptLead)
      .given([
        created(),
        sal(1, 1, { becomesOwner: 'sue' }),
        on(2, 'lead.stage-annulled', { annuls: 1, stage: 'sal', cancelsPass: false, reason: null }),
      ])
      .when(asks(SAM, { note }))
      .then([event('lead.accepted', NOW, { becomesOwner: 'sam', note })]);
  });
});
