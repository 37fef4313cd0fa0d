import {
  asks,
  created,
  deals,
  disqualified,
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
import { MARIA, NOW, SAM } from '../../testing/leads-deps.js';
import { disqualifyLead } from './disqualify-lead.js';

describe('DisqualifyLead', () => {
  const because = { reason: 'competitor', note: null };

  it('is possible for both teams, wherever the lead stands', () => {
    for (const before of [[], [mql(1)], [sal(1)], [sql(1)], [mql(1), rejected(2)], [mql(1), recycled(2)]]) {
      for (const actor of [MARIA, SAM]) {
        ofLead(disqualifyLead)
          .given([created(), ...before])
          .when(asks(actor, because))
          .then([event('lead.disqualified', NOW, because)]);
      }
    }
    ofLead(disqualifyLead, deals({}, lostOn(3)))
      .given([created()])
      .when(asks(SAM, because))
      .then([event('lead.disqualified', NOW, because)]);
  });

  it('is refused for a customer, in a later pass too', () => {
    ofLead(disqualifyLead, deals(wonOn(3)))
      .given([created()])
      .when(asks(SAM, because))
      .thenRefused('LEAD.TRANSITION_REFUSED', 'refused');
    ofLead(disqualifyLead, deals(wonOn(3)))
      .given([created(), mql(5, 2)])
      .when(asks(SAM, because))
      .thenRefused('LEAD.TRANSITION_REFUSED');
  });

  it('is for marketing and sales', () => {
    ofLead(disqualifyLead)
      .given([created()])
      .when(asks({ id: 'max', team: 'management' }, because))
      .thenRefused('LEAD.WRONG_TEAM', 'forbidden');
  });

  it('does nothing the second time, and is refused for another reason', () => {
    ofLead(disqualifyLead)
      .given([created(), disqualified(1)])
      .when(asks(SAM, because))
      .thenNothing();
    ofLead(disqualifyLead)
      .given([created(), disqualified(1)])
      .when(asks(SAM, { ...because, reason: 'invalid' }))
      .thenRefused('LEAD.MEANS_SOMETHING_ELSE');
  });

  it('takes a reason of its own list', () => {
    ofLead(disqualifyLead)
      .given([created()])
      .when(asks(SAM, { ...because, reason: 'no-budget' }))
      .thenRefused('LEAD.UNKNOWN_REASON', 'malformed');
  });
});
