import fc from 'fast-check';
import type { DealEvent } from '#deals/events/deal-events.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { idOf, recorder } from '#platform/testing/recorder.js';
import { leadStream, type LeadCreatedData, type LeadEvent, type LeadTouchedData } from '../../events/lead-events.js';
import { foldLead, leadItem } from './answer-lead.js';
import { LEAD_VIEW, type LeadDocument } from './lead-document.js';

const LEAD = idOf('lead');
const CREATED: LeadCreatedData = {
  person: { email: 'ada@example.com', firstName: 'Ada', lastName: null, phone: null },
  company: 'Engines',
  externalIds: [{ system: 'crm', id: '7' }],
  channel: 'email',
  source: null,
  medium: null,
  campaign: null,
  content: null,
  segment: null,
  country: 'GB',
  product: null,
  dimensions: { office: 'London' },
  owner: null,
  ownerTeam: null,
  channelRule: null,
};
const TOUCH: LeadTouchedData = {
  ...{
    touchId: 't1',
    member: 'sam',
    team: 'sales',
    kind: 'call',
    channelRule: null,
    direction: 'outbound',
    automated: false,
  },
  ...{
    outcome: 'connected',
    recordingUrl: null,
    note: null,
    channel: null,
    source: null,
    medium: null,
    campaign: null,
    content: null,
  },
};

/** A lead's life as its own stream and its deals' streams hold it. */
function life() {
  const record = recorder();
  const events: RecordedEvent[] = [];
  let at = 1_000_000;
  const lead = <Type extends LeadEvent['type']>(
    type: Type,
    data: Extract<LeadEvent, { type: Type }>['data'],
    pass = 1,
    occurredAt = (at += 1000),
  ) => {
    events.push(record(leadStream(LEAD), { type, occurredAt, leadId: LEAD, pass, data }));
    return story;
  };
  const deal = <Type extends DealEvent['type']>(name: string, type: Type, pass = 1) => {
    events.push(record(`deal-${idOf(name)}`, { type, occurredAt: (at += 1000), leadId: LEAD, pass, data: {} }));
    return story;
  };
  const now = (): LeadDocument | null => foldLead(events);
  const story = { lead, deal, now, events };
  return story;
}
const created = () => life().lead('lead.created', CREATED);
const mql = { definition: 'mql@1', evidence: [] };

describe('The lead document', () => {
  it('holds what the lead came in with', () => {
    const lead = created().now();
    expect(lead).toMatchObject({
      id: LEAD,
      revision: 0,
      stage: 'lead',
      pass: 1,
      company: 'Engines',
      channel: 'email',
      dimensions: { office: 'London' },
    });
    expect(lead?.externalKeys).toEqual(['crm:7']);
  });

  it('keeps the furthest stage when an earlier one is entered later', () => {
    const lead = created().lead('lead.sql-qualified', { note: null }).lead('lead.mql-qualified', mql, 1, 500).now();
    expect(lead?.stage).toBe('sql');
  });

  it('makes the one who accepts the owner, and takes that back with the acceptance', () => {
    const story = created().lead('lead.accepted', { becomesOwner: 'sam', note: null });
    expect(story.now()).toMatchObject({ stage: 'sal', owner: 'sam', team: 'sales' });
    story.lead('lead.stage-annulled', { annuls: 1, stage: 'sal', cancelsPass: false, reason: null });
    expect(story.now()).toMatchObject({ stage: 'lead', owner: null });
  });

  it('lets a back-dated assignment not displace a later one', () => {
    const lead = created()
      .lead('lead.assigned', { owner: 'sam', team: 'sales' })
      .lead('lead.assigned', { owner: 'mia', team: 'marketing' }, 1, 10)
      .now();
    expect(lead).toMatchObject({ owner: 'sam', revision: 2 });
  });

  it('is an opportunity with an open deal, a customer with a won one, lost when all are lost', () => {
    const story = created().deal('d1', 'deal.opened');
    expect(story.now()?.stage).toBe('opportunity');
    expect(story.deal('d1', 'deal.lost').now()?.stage).toBe('lost');
    expect(story.deal('d2', 'deal.opened').now()?.stage).toBe('opportunity');
    expect(story.deal('d2', 'deal.won').now()?.stage).toBe('customer');
    expect(story.deal('d2', 'deal.reopened').now()?.stage).toBe('opportunity');
    expect(story.deal('d2', 'deal.annulled').now()?.stage).toBe('lost');
    expect(story.now()?.deals.map((deal) => deal.stream)).toEqual([`deal-${idOf('d1')}`, `deal-${idOf('d2')}`]);
  });

  it('shows an exit before the deals of its pass, and a new pass without the lost deals of the one before', () => {
    const story = created().deal('d1', 'deal.opened').deal('d1', 'deal.lost');
    story.lead('lead.recycled', { reason: 'deal-lost', note: null, until: null });
    expect(story.now()).toMatchObject({ stage: 'recycled', pass: 1 });
    story.lead('lead.reopened', { mode: 'new-pass', annuls: null, note: null }, 2);
    expect(story.now()).toMatchObject({ stage: 'lead', pass: 2 });
  });

  it('gives the stage back when an exit was a mistake', () => {
    const story = created().lead('lead.mql-qualified', mql).lead('lead.rejected', { reason: 'not-a-fit', note: null });
    expect(story.now()?.stage).toBe('rejected');
    expect(story.lead('lead.reopened', { mode: 'correction', annuls: 2, note: null }).now()?.stage).toBe('mql');
  });

  it('counts touches without keeping them, and takes an annulled one off', () => {
    const story = created();
    for (let i = 0; i < 200; i += 1) story.lead('lead.touched', { ...TOUCH, touchId: `t${i}`, note: 'x'.repeat(500) });
    const size = JSON.stringify(story.now()).length;
    for (let i = 200; i < 400; i += 1) story.lead('lead.touched', { ...TOUCH, touchId: `t${i}` });
    expect(story.now()?.touches).toBe(400);
    expect(JSON.stringify(story.now()).length).toBeLessThanOrEqual(size + 2);
    expect(story.lead('lead.touch-annulled', { touchId: 't3', reason: null }).now()?.touches).toBe(399);
  });

  it('changes only what a change names', () => {
    const lead = created()
      .lead('lead.details-changed', {
        person: { phone: '1' },
        dimensions: { office: null, tier: 'a' },
        channel: 'direct',
      })
      .now();
    expect(lead).toMatchObject({
      channel: 'direct',
      company: 'Engines',
      dimensions: { tier: 'a' },
      person: { email: 'ada@example.com', phone: '1' },
    });
  });

  it('does not look at the content of what it only counts or steps over', () => {
    const story = created()
      .lead('lead.touched', TOUCH)
      .lead('lead.mql-qualified', mql)
      .lead('lead.sql-qualified', { note: 'secret' })
      .lead('lead.rejected', { reason: 'no-need', note: 'secret' });
    const unreadable = story.events.map((event, index) =>
      index === 0 ? event : { ...event, data: (): never => fail('content was read') },
    );
    expect(foldLead(unreadable)).toEqual(story.now());
  });

  it('is not there before its creation, and unknown events leave it as it was', () => {
    const story = life().deal('d1', 'deal.opened');
    expect(story.now()).toBeNull();
    const known = created();
    const before = known.now();
    const unknown = { ...known.events[0]!, type: 'lead.celebrated', revision: 1 };
    expect(foldLead([...known.events, unknown])).toEqual({ ...before, revision: 1 });
  });

  it('folds on from a stored document exactly as from the beginning', () => {
    const steps: ((story: ReturnType<typeof life>) => unknown)[] = [
      (s) => s.lead('lead.mql-qualified', mql),
      (s) => s.lead('lead.accepted', { becomesOwner: 'sam', note: null }),
      (s) => s.lead('lead.touched', TOUCH),
      (s) => s.lead('lead.rejected', { reason: 'no-need', note: null }),
      (s) => s.lead('lead.reopened', { mode: 'new-pass', annuls: null, note: null }, 2),
      (s) => s.lead('lead.stage-annulled', { annuls: 1, stage: 'mql', cancelsPass: false, reason: null }),
      (s) => s.deal('d1', 'deal.opened'),
      (s) => s.deal('d1', 'deal.won'),
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 12 }), (chosen) => {
        const story = created();
        for (const step of chosen) step(story);
        let stored: LeadDocument | null = null;
        for (const event of story.events) {
          stored = LEAD_VIEW.project(stored, event, LEAD);
          stored = JSON.parse(JSON.stringify(stored)) as LeadDocument; // what a read store gives back
        }
        expect(stored).toEqual(JSON.parse(JSON.stringify(story.now())));
      }),
    );
  });

  it('goes onto the wire with texts for moments and ids for deals', () => {
    const item = leadItem(created().deal('d1', 'deal.opened').now()!);
    expect(item.createdAt).toBe('1970-01-01T00:16:41Z');
    expect(item.deals).toEqual([idOf('d1')]);
    expect(Object.keys(item)).not.toContain('steps');
  });
});

function fail(message: string): never {
  throw new Error(message);
}
