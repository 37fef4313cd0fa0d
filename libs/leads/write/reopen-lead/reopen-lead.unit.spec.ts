import type { Actor } from '#kernel/envelope.js';
import {
  asks,
  created,
  day,
  disqualified,
  event,
  mql,
  ofLead,
  on,
  recycled,
  rejected,
  sal,
  leadAfter,
} from '../../testing/lead-life.js';
import { MARIA, NOW, SAM, SYSTEM } from '../../testing/leads-deps.js';
import { reopenLead, type AskedToReopen, type ReopenLeadInput } from './reopen-lead.js';

describe('ReopenLead', () => {
  const asksAs = (actor: Actor, role: AskedToReopen['role'], input: ReopenLeadInput): AskedToReopen => ({
    ...asks(actor, input),
    role,
  });
  const correction = { mode: 'correction', note: null } as const;
  const anew = { mode: 'new-pass', note: null } as const;

  it('takes an exit back as an error: the same pass, the stage that it had', () => {
    const before = [created(), mql(1), rejected(2, SAM)];
    const reopened = event('lead.reopened', NOW, { ...correction, annuls: 2 });
    ofLead(reopenLead)
      .given(before)
      .when(asksAs(SAM, 'member', correction))
      .then([reopened]);
    expect(leadAfter([...before, reopened])).toMatchObject({
      stage: 'mql',
      pass: 1,
    });
  });

  it('goes back to the exit before when there were two', () => {
    const before = [created(), mql(1), rejected(2, SAM), disqualified(3, MARIA)];
    const reopened = event('lead.reopened', NOW, { ...correction, annuls: 3 });
    ofLead(reopenLead)
      .given(before)
      .when(asksAs(MARIA, 'member', correction))
      .then([reopened]);
    expect(leadAfter([...before, reopened])).toMatchObject({
      stage: 'rejected',
      pass: 1,
    });
  });

  it('takes back the second of two exits only when it is named: without that it is a repeat', () => {
    const corrected = event('lead.reopened', NOW, { ...correction, annuls: 3 });
    const given = ofLead(reopenLead).given([created(), mql(1), recycled(2, SAM), disqualified(3, SAM), corrected]);
    given.when(asksAs(SAM, 'member', correction)).thenNothing();
    given.when(asksAs(SAM, 'member', { ...correction, note: 'else' })).thenRefused('LEAD.MEANS_SOMETHING_ELSE');
    given
      .when(asksAs(SAM, 'member', { ...correction, exit: 'recycled' }))
      .then([event('lead.reopened', NOW, { ...correction, annuls: 2 })]);
    given.when(asksAs(SAM, 'member', anew)).then([event('lead.reopened', NOW, { ...anew, annuls: null }, 2)]);
    given.when(asksAs(SAM, 'member', { ...correction, exit: 'disqualified' })).thenNothing();
  });

  it('refuses another exit than the one that stands', () => {
    ofLead(reopenLead)
      .given([created(), mql(1), rejected(2, SAM)])
      .when(asksAs(SAM, 'member', { ...correction, exit: 'recycled' }))
      .thenRefused('LEAD.TRANSITION_REFUSED');
  });

  it('begins a new pass at stage lead', () => {
    for (const exit of [rejected(2, SAM), recycled(2, SAM), disqualified(2, SAM)]) {
      const before = [created(), mql(1), exit];
      const reopened = event('lead.reopened', NOW, { ...anew, annuls: null }, 2);
      ofLead(reopenLead)
        .given(before)
        .when(asksAs(SAM, null, anew))
        .then([reopened]);
      expect(leadAfter([...before, reopened])).toMatchObject({
        stage: 'lead',
        pass: 2,
      });
    }
  });

  it('is for who closed it, a head of either team, and the system', () => {
    const closed = ofLead(reopenLead).given([created(), mql(1), rejected(2, SAM)]);
    const reopened = [event('lead.reopened', NOW, { ...anew, annuls: null }, 2)];
    closed.when(asksAs({ id: 'sue', team: 'sales' }, 'member', anew)).thenRefused('LEAD.WRONG_TEAM', 'forbidden');
    closed.when(asksAs({ id: 'sue', team: 'sales' }, null, anew)).thenRefused('LEAD.WRONG_TEAM');
    closed.when(asksAs({ id: 'sue', team: 'sales' }, 'head', anew)).then(reopened);
    closed.when(asksAs(MARIA, 'head', anew)).then(reopened);
    closed.when(asksAs({ id: 'fay', team: 'finance' }, 'head', anew)).thenRefused('LEAD.WRONG_TEAM');
    closed.when(asksAs(SYSTEM, null, anew)).then(reopened);
  });

  it('is refused when the lead is not closed', () => {
    ofLead(reopenLead)
      .given([created(), sal(1)])
      .when(asksAs(SAM, 'head', anew))
      .thenRefused('LEAD.TRANSITION_REFUSED', 'refused');
  });

  it('does nothing the second time, and is refused in another mode', () => {
    const reopened = ofLead(reopenLead).given([
      created(),
      rejected(1, SAM),
      on(2, 'lead.reopened', { ...anew, annuls: null }, { pass: 2 }),
    ]);
    reopened.when(asksAs(SAM, null, anew)).thenNothing();
    reopened.when(asksAs(SAM, null, { ...anew, occurredAt: day(2) })).thenNothing();
    reopened.when(asksAs(SAM, null, correction)).thenRefused('LEAD.MEANS_SOMETHING_ELSE');
  });
});
