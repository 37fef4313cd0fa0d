import type { TouchFacts } from '../../touch-facts.js';
import { asks, created, day, event, ofLead, on, recycled, sql } from '../../testing/lead-life.js';
import { NOW, SAM } from '../../testing/leads-deps.js';
import { recordTouch } from './record-touch.js';

describe('RecordTouch', () => {
  const call: TouchFacts = {
    touchId: 'b6b0c2a4-6a53-5c6b-9d68-0a4c8b0f0001',
    member: 'sam',
    team: 'sales',
    kind: 'call',
    channel: null,
    channelRule: null,
    source: null,
    medium: null,
    campaign: null,
    content: null,
    direction: 'outbound',
    automated: false,
    outcome: 'connected',
    recordingUrl: null,
    note: 'spoke with her',
  };

  it('says who touched the lead, from which team, how and with what outcome', () => {
    ofLead(recordTouch)
      .given([created()])
      .when(asks(SAM, call))
      .then([event('lead.touched', NOW, call)]);
  });

  it('may have occurred before the lead was created', () => {
    const { ...data } = call;
    ofLead(recordTouch)
      .given([created(5)])
      .when(asks(SAM, { ...call, occurredAt: day(1) }))
      .then([event('lead.touched', day(1), data)]);
  });

  it('belongs to the pass that the lead is in when it is recorded', () => {
    ofLead(recordTouch)
      .given([created(), recycled(1), sql(2, 2)])
      .when(asks(SAM, call))
      .then([event('lead.touched', NOW, call, 2)]);
  });

  it('does nothing when the same touch comes again, even if its member has moved to another team since', () => {
    const known = [created(), on(1, 'lead.touched', call)];
    ofLead(recordTouch).given(known).when(asks(SAM, call)).thenNothing();
    ofLead(recordTouch)
      .given(known)
      .when(asks(SAM, { ...call, team: 'marketing', occurredAt: day(1) }))
      .thenNothing();
  });

  it('is refused when the touchId stands for another touch', () => {
    const known = [created(), on(1, 'lead.touched', call)];
    ofLead(recordTouch)
      .given(known)
      .when(asks(SAM, { ...call, outcome: 'no-show' }))
      .thenRefused('LEAD.MEANS_SOMETHING_ELSE', 'refused');
    ofLead(recordTouch)
      .given(known)
      .when(asks(SAM, { ...call, occurredAt: day(2) }))
      .thenRefused('LEAD.MEANS_SOMETHING_ELSE');
  });

  it('does not bring back a touch that was annulled', () => {
    const annulled = on(2, 'lead.touch-annulled', { touchId: call.touchId, reason: null });
    ofLead(recordTouch)
      .given([created(), on(1, 'lead.touched', call), annulled])
      .when(asks(SAM, call))
      .thenRefused('LEAD.TOUCH_ANNULLED', 'refused');
  });

  it('cannot occur in the future', () => {
    ofLead(recordTouch)
      .given([created()])
      .when(asks(SAM, { ...call, occurredAt: NOW + 3_600_000 }))
      .thenRefused('REQUEST.OCCURRED_IN_FUTURE');
  });
});
