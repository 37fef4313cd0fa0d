import { ownerOf } from '../../lead.js';
import { asks, assigned, created, day, event, ofLead, leadAfter } from '../../testing/lead-life.js';
import { MARIA, NOW } from '../../testing/leads-deps.js';
import { assignLead } from './assign-lead.js';

describe('AssignLead', () => {
  const toSam = { owner: 'sam', team: 'sales' } as const;

  it('puts a member in charge, or a queue, or nobody', () => {
    ofLead(assignLead)
      .given([created()])
      .when(asks(MARIA, toSam))
      .then([event('lead.assigned', NOW, toSam)]);
    const queue = { owner: null, team: 'sales' } as const;
    ofLead(assignLead)
      .given([created()])
      .when(asks(MARIA, queue))
      .then([event('lead.assigned', NOW, queue)]);
    const nobody = { owner: null, team: null };
    ofLead(assignLead)
      .given([created(), assigned(1, 'sam', 'sales')])
      .when(asks(MARIA, nobody))
      .then([event('lead.assigned', NOW, nobody)]);
  });

  it('does nothing when they are in charge already', () => {
    ofLead(assignLead)
      .given([created()])
      .when(asks(MARIA, { owner: null, team: null }))
      .thenNothing();
    ofLead(assignLead)
      .given([created(), assigned(1, 'sam', 'sales')])
      .when(asks(MARIA, toSam))
      .thenNothing();
    ofLead(assignLead)
      .given([created(), assigned(3, 'sam', 'sales')])
      .when(asks(MARIA, { ...toSam, occurredAt: day(4) }))
      .thenNothing();
  });

  it('records that they were in charge earlier than was known', () => {
    ofLead(assignLead)
      .given([created(), assigned(3, 'sam', 'sales')])
      .when(asks(MARIA, { ...toSam, occurredAt: day(2) }))
      .then([event('lead.assigned', day(2), toSam)]);
  });

  it('does not displace a later owner by a back-dated assignment', () => {
    const lead = leadAfter([created(), assigned(5, 'sue', 'sales'), assigned(2, 'sam', 'sales')]);
    expect(ownerOf(lead)).toMatchObject({ owner: 'sue', team: 'sales' });
  });
});
