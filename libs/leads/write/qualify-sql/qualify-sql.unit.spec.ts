import { asks, created, day, deals, event, mql, ofLead, rejected, sal, sql, wonOn } from '../../testing/lead-life.js';
import { MARIA, NOW, SAM } from '../../testing/leads-deps.js';
import { qualifySql } from './qualify-sql.js';

describe('QualifySQL', () => {
  const note = null;

  it('follows from lead, MQL and SAL; skipped stages are not invented', () => {
    for (const before of [[created()], [created(), mql(1)], [created(), mql(1), sal(2)]]) {
      ofLead(qualifySql)
        .given(before)
        .when(asks(SAM, { note }))
        .then([event('lead.sql-qualified', NOW, { note })]);
    }
  });

  it('may have occurred before the stage that it follows', () => {
    ofLead(qualifySql)
      .given([created(), sal(5)])
      .when(asks(SAM, { note, occurredAt: day(2) }))
      .then([event('lead.sql-qualified', day(2), { note })]);
  });

  it('is for sales', () => {
    ofLead(qualifySql).given([created()]).when(asks(MARIA, { note })).thenRefused('LEAD.WRONG_TEAM', 'forbidden');
  });

  it('does nothing the second time, and is refused in other words', () => {
    ofLead(qualifySql)
      .given([created(), sql(1)])
      .when(asks(SAM, { note }))
      .thenNothing();
    ofLead(qualifySql)
      .given([created(), sql(1)])
      .when(asks(SAM, { note: 'urgent' }))
      .thenRefused('LEAD.MEANS_SOMETHING_ELSE');
  });

  it('begins a new pass from rejected, and from customer after the win', () => {
    ofLead(qualifySql)
      .given([created(), mql(1), rejected(2)])
      .when(asks(SAM, { note }))
      .then([event('lead.sql-qualified', NOW, { note }, 2)]);
    ofLead(qualifySql, deals(wonOn(4)))
      .given([created(), sql(2)])
      .when(asks(SAM, { note }))
      .then([event('lead.sql-qualified', NOW, { note }, 2)]);
  });

  it('gives a new pass a number that no pass ever had, cancelled ones included', () => {
    const cancelled = event(
      'lead.stage-annulled',
      day(4),
      { annuls: 3, stage: 'mql', cancelsPass: true, reason: null },
      2,
    );
    ofLead(qualifySql)
      .given([created(), mql(1), rejected(2), mql(3, 2), cancelled])
      .when(asks(SAM, { note }))
      .then([event('lead.sql-qualified', NOW, { note }, 3)]);
  });
});
