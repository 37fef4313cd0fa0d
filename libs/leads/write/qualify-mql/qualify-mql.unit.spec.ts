import {
  created,
  asks,
  day,
  deals,
  disqualified,
  event,
  mql,
  ofLead,
  recycled,
  rejected,
  sal,
  sql,
  wonOn,
} from '../../testing/lead-life.js';
import { MARIA, NOW, SAM, SYSTEM } from '../../testing/leads-deps.js';
import { qualifyMql, type QualifyMqlInput } from './qualify-mql.js';

describe('QualifyMQL', () => {
  const input = (occurredAt?: number): QualifyMqlInput => ({
    definition: 'mql@1',
    evidence: [],
    ...(occurredAt === undefined ? {} : { occurredAt }),
  });
  const meets = { definition: 'mql@1', evidence: [] };

  it('makes a lead an MQL and says by which definition and evidence', () => {
    const evidence = [{ rule: 'visited-pricing', value: 3 }];
    ofLead(qualifyMql)
      .given([created()])
      .when(asks(MARIA, { definition: 'mql@2', evidence }))
      .then([event('lead.mql-qualified', NOW, { definition: 'mql@2', evidence })]);
  });

  it('is for marketing and the system only', () => {
    ofLead(qualifyMql).given([created()]).when(asks(SAM, input())).thenRefused('LEAD.WRONG_TEAM', 'forbidden');
    ofLead(qualifyMql)
      .given([created()])
      .when(asks({ id: 'fay', team: 'finance' }, input()))
      .thenRefused('LEAD.WRONG_TEAM');
    ofLead(qualifyMql)
      .given([created()])
      .when(asks(SYSTEM, input()))
      .then([event('lead.mql-qualified', NOW, meets)]);
  });

  it('may have occurred before the creation of the lead', () => {
    ofLead(qualifyMql)
      .given([created(5)])
      .when(asks(MARIA, input(day(1))))
      .then([event('lead.mql-qualified', day(1), meets)]);
  });

  it('cannot occur more than five minutes from now', () => {
    ofLead(qualifyMql)
      .given([created()])
      .when(asks(MARIA, input(NOW + 5 * 60_000 + 1)))
      .thenRefused('REQUEST.OCCURRED_IN_FUTURE', 'malformed');
    ofLead(qualifyMql)
      .given([created()])
      .when(asks(MARIA, input(NOW + 5 * 60_000)))
      .then([event('lead.mql-qualified', NOW + 5 * 60_000, meets)]);
  });

  it('does nothing when the lead is this MQL already', () => {
    ofLead(qualifyMql)
      .given([created(), mql(1)])
      .when(asks(MARIA, input()))
      .thenNothing();
    ofLead(qualifyMql)
      .given([created(), mql(1)])
      .when(asks(MARIA, input(day(1))))
      .thenNothing();
    ofLead(qualifyMql)
      .given([created(), mql(1), sal(2)])
      .when(asks(MARIA, input(day(1))))
      .thenNothing();
  });

  it('is refused when the pass has an MQL with another meaning', () => {
    const other = { ...input(), definition: 'mql@2' };
    ofLead(qualifyMql)
      .given([created(), mql(1)])
      .when(asks(MARIA, other))
      .thenRefused('LEAD.MEANS_SOMETHING_ELSE', 'refused');
    ofLead(qualifyMql)
      .given([created(), mql(2)])
      .when(asks(MARIA, input(day(1))))
      .thenRefused('LEAD.MEANS_SOMETHING_ELSE');
  });

  describe('as a backfill', () => {
    it('is accepted when it occurred before the stage that the lead is in, which stays', () => {
      for (const stage of [sal(3), sql(3)]) {
        ofLead(qualifyMql)
          .given([created(), stage])
          .when(asks(MARIA, input(day(2))))
          .then([event('lead.mql-qualified', day(2), meets)]);
      }
    });

    it('is refused when it did not occur before that', () => {
      ofLead(qualifyMql)
        .given([created(), sal(3)])
        .when(asks(MARIA, input(day(3))))
        .thenRefused('LEAD.TRANSITION_REFUSED', 'refused');
      ofLead(qualifyMql)
        .given([created(), sql(3)])
        .when(asks(MARIA, input()))
        .thenRefused('LEAD.TRANSITION_REFUSED');
    });

    it('belongs to the pass that has ended when it occurred before its end', () => {
      for (const exit of [rejected(9), recycled(9), disqualified(9)]) {
        ofLead(qualifyMql)
          .given([created(), sql(3), exit])
          .when(asks(MARIA, input(day(5))))
          .then([event('lead.mql-qualified', day(5), meets)]);
      }
    });
  });

  describe('after the end of a pass', () => {
    it('begins a new pass from rejected and recycled', () => {
      for (const exit of [rejected(3), recycled(3)]) {
        ofLead(qualifyMql)
          .given([created(), mql(1), exit])
          .when(asks(MARIA, input()))
          .then([event('lead.mql-qualified', NOW, meets, 2)]);
        ofLead(qualifyMql)
          .given([created(), mql(1), exit])
          .when(asks(MARIA, input(day(3))))
          .then([event('lead.mql-qualified', day(3), meets, 2)]);
      }
    });

    it('knows a row that comes again after the end', () => {
      ofLead(qualifyMql)
        .given([created(), mql(1), rejected(3)])
        .when(asks(MARIA, input(day(1))))
        .thenNothing();
      ofLead(qualifyMql)
        .given([created(), mql(1), rejected(3), mql(5, 2)])
        .when(asks(MARIA, input(day(1))))
        .thenNothing();
    });

    it('leads nowhere from disqualified', () => {
      ofLead(qualifyMql)
        .given([created(), disqualified(3)])
        .when(asks(MARIA, input()))
        .thenRefused('LEAD.TRANSITION_REFUSED');
    });

    it('is a backfill for a customer when it precedes the win, else it begins a new pass', () => {
      const ofCustomer = ofLead(qualifyMql, deals(wonOn(10)));
      ofCustomer
        .given([created()])
        .when(asks(MARIA, input(day(9))))
        .then([event('lead.mql-qualified', day(9), meets)]);
      ofCustomer
        .given([created()])
        .when(asks(MARIA, input(day(10))))
        .then([event('lead.mql-qualified', day(10), meets, 2)]);
      ofCustomer
        .given([created(), sal(2)])
        .when(asks(MARIA, input(day(9))))
        .then([event('lead.mql-qualified', day(9), meets)]);
      ofCustomer
        .given([created(), mql(1)])
        .when(asks(MARIA, input()))
        .then([event('lead.mql-qualified', NOW, meets, 2)]);
    });

    it('does not count a win of an earlier pass as the end of this one', () => {
      ofLead(qualifyMql, deals(wonOn(10)))
        .given([created(), mql(12, 2)])
        .when(asks(MARIA, input()))
        .thenNothing();
    });

    it('goes on as before when the won deal was annulled', () => {
      ofLead(qualifyMql, deals({ status: 'annulled' }))
        .given([created()])
        .when(asks(MARIA, input()))
        .then([event('lead.mql-qualified', NOW, meets)]);
    });
  });

  it('keeps the mark of an assumed date', () => {
    ofLead(qualifyMql)
      .given([created()])
      .when(asks(SYSTEM, { ...input(day(1)), assumed: ['occurredAt'] }))
      .then([event('lead.mql-qualified', day(1), { ...meets, assumed: ['occurredAt'] })]);
  });
});
