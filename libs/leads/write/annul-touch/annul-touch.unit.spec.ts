import { asks, created, event, ofLead, on, recycled, sql } from '../../testing/lead-life.js';
import { NOW, SAM } from '../../testing/leads-deps.js';
import type { LeadTouchedData } from '../../events/lead-events.js';
import { annulTouch } from './annul-touch.js';

describe('AnnulTouch', () => {
  const touchId = 'b6b0c2a4-6a53-5c6b-9d68-0a4c8b0f0001';
  // Only the id matters to this decision.
  const touched = on(1, 'lead.touched', { touchId, kind: 'call' } as LeadTouchedData);
  const wrong = { touchId, reason: 'wrong lead' };

  it('takes a touch out, in the pass that it was recorded in', () => {
    ofLead(annulTouch)
      .given([created(), touched, recycled(2), sql(3, 2)])
      .when(asks(SAM, wrong))
      .then([event('lead.touch-annulled', NOW, wrong, 1)]);
  });

  it('does nothing the second time, and is refused for another reason', () => {
    const twice = [created(), touched, on(2, 'lead.touch-annulled', wrong)];
    ofLead(annulTouch).given(twice).when(asks(SAM, wrong)).thenNothing();
    ofLead(annulTouch)
      .given(twice)
      .when(asks(SAM, { ...wrong, reason: null }))
      .thenRefused('LEAD.MEANS_SOMETHING_ELSE', 'refused');
  });

  it('knows only touches of this lead', () => {
    ofLead(annulTouch).given([created()]).when(asks(SAM, wrong)).thenRefused('LEAD.TOUCH_NOT_FOUND', 'not-found');
  });
});
