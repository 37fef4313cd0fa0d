import { asks, created, event, ofLead, on, leadAfter } from '../../testing/lead-life.js';
import { MARIA, NOW } from '../../testing/leads-deps.js';
import { changeDetails } from './change-details.js';

describe('ChangeLeadDetails', () => {
  const person = { email: 'ada@example.com', firstName: 'Ada', lastName: null, phone: null };
  const before = [created(0, { person, company: 'Engines', channel: 'email', dimensions: { office: 'Lisbon' } })];

  it('records only what differs', () => {
    ofLead(changeDetails)
      .given(before)
      .when(asks(MARIA, { company: 'Engines', channel: 'direct', person: { firstName: 'Ada', phone: '123' } }))
      .then([event('lead.details-changed', NOW, { channel: 'direct', person: { phone: '123' } })]);
  });

  it('does nothing when nothing differs', () => {
    ofLead(changeDetails)
      .given(before)
      .when(asks(MARIA, { company: 'Engines', dimensions: { office: 'Lisbon', zone: null } }))
      .thenNothing();
    ofLead(changeDetails).given(before).when(asks(MARIA, {})).thenNothing();
  });

  it('clears with null, and removes dimensions with null', () => {
    const cleared = { company: null, person: { firstName: null }, dimensions: { office: null, region: 'south' } };
    const changed = event('lead.details-changed', NOW, cleared);
    ofLead(changeDetails).given(before).when(asks(MARIA, cleared)).then([changed]);
    const { details } = leadAfter([...before, changed]);
    expect(details).toMatchObject({ company: null, channel: 'email', dimensions: { region: 'south' } });
    expect(details.dimensions).not.toHaveProperty('office');
    expect(details.person).toEqual({ ...person, firstName: null });
  });

  it('takes external ids as the whole new list, in whatever order', () => {
    const a = { system: 'crm', id: '1' };
    const b = { system: 'forms', id: '2' };
    const known = [created(0, { externalIds: [a, b] })];
    ofLead(changeDetails)
      .given(known)
      .when(asks(MARIA, { externalIds: [b, a] }))
      .thenNothing();
    ofLead(changeDetails)
      .given(known)
      .when(asks(MARIA, { externalIds: [b] }))
      .then([event('lead.details-changed', NOW, { externalIds: [b] })]);
  });

  it('compares with the last change, not with the creation', () => {
    const known = [...before, on(1, 'lead.details-changed', { channel: 'direct' })];
    ofLead(changeDetails)
      .given(known)
      .when(asks(MARIA, { channel: 'direct' }))
      .thenNothing();
    ofLead(changeDetails)
      .given(known)
      .when(asks(MARIA, { channel: 'email' }))
      .then([event('lead.details-changed', NOW, { channel: 'email' })]);
  });
});
