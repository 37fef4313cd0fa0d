import type { LeadEvent } from '../../events/lead-events.js';
import { NO_DETAILS } from '../../lead-details.js';
import { asks, created, day, event, LEAD, ofLead, on, recycled, sql, leadAfter } from '../../testing/lead-life.js';
import { MARIA, NOW } from '../../testing/leads-deps.js';
import type { TouchFacts } from '../../touch-facts.js';
import { createLead, type CreateLeadFacts } from './create-lead.js';

describe('CreateLead', () => {
  const touch = (id: string, more: Partial<TouchFacts> = {}): TouchFacts => ({
    touchId: id,
    member: null,
    team: null,
    kind: 'ad-click',
    channel: 'paid_search',
    channelRule: null,
    source: null,
    medium: null,
    campaign: null,
    content: null,
    direction: 'inbound',
    automated: false,
    outcome: null,
    recordingUrl: null,
    note: null,
    ...more,
  });
  const facts = (more: Partial<CreateLeadFacts> = {}): CreateLeadFacts => ({
    ...NO_DETAILS,
    owner: null,
    ownerTeam: null,
    channelRule: null,
    touches: [],
    touchOfDuplicate: touch('form', { kind: 'form' }),
    onDuplicate: 'refuse',
    ...more,
  });
  const { touches: _t, touchOfDuplicate: _d, onDuplicate: _o, ...empty } = facts();

  it('opens the first pass', () => {
    const said = { channel: 'email', company: 'Engines', owner: 'sam', ownerTeam: 'sales' } as const;
    ofLead(createLead)
      .given([])
      .when(asks(MARIA, facts(said)))
      .then([event('lead.created', NOW, { ...empty, ...said })]);
  });

  it('takes a person of whom nothing is said for none', () => {
    const person = { email: null, firstName: null, lastName: null, phone: null };
    ofLead(createLead)
      .given([])
      .when(asks(MARIA, facts({ person })))
      .then([event('lead.created', NOW, empty)]);
  });

  it('records the touches that it comes with, each at its own time, also before the creation', () => {
    const { occurredAt: _, ...early } = touch('a');
    ofLead(createLead)
      .given([])
      .when(asks(MARIA, facts({ occurredAt: day(3), touches: [touch('a', { occurredAt: day(1) }), touch('b')] })))
      .then([
        event('lead.created', day(3), empty),
        event('lead.touched', day(1), early),
        event('lead.touched', day(3), touch('b')),
      ]);
  });

  it('takes up to 500 touches, no two with one id, none in the future', () => {
    const many = (n: number): TouchFacts[] => Array.from({ length: n }, (_, index) => touch(`t${index}`));
    ofLead(createLead)
      .given([])
      .when(asks(MARIA, facts({ touches: many(501) })))
      .thenRefused('LEAD.TOO_MANY_TOUCHES', 'malformed');
    ofLead(createLead)
      .given([])
      .when(asks(MARIA, facts({ touches: [touch('a'), touch('a')] })))
      .thenRefused('LEAD.TOUCH_REPEATED', 'malformed');
    ofLead(createLead)
      .given([])
      .when(asks(MARIA, facts({ touches: [touch('a', { occurredAt: NOW + 3_600_000 })] })))
      .thenRefused('REQUEST.OCCURRED_IN_FUTURE');
    ofLead(createLead)
      .given([])
      .when(asks(MARIA, facts({ touches: many(500) })))
      .then([event('lead.created', NOW, empty), ...many(500).map((one): LeadEvent => event('lead.touched', NOW, one))]);
  });

  it('is refused when the lead exists, and says which', () => {
    const refused = { kind: 'refused', code: 'LEAD.DUPLICATE', extra: { existing: LEAD } };
    expect(() => createLead(asks(MARIA, facts()), leadAfter([created()]))).toThrow(
      expect.objectContaining(refused) as Error,
    );
  });

  describe('of a lead that exists, with onDuplicate touch', () => {
    const again = (more: Partial<CreateLeadFacts> = {}): CreateLeadFacts => facts({ onDuplicate: 'touch', ...more });

    it('is a touch on it, in its present pass', () => {
      ofLead(createLead)
        .given([created()])
        .when(asks(MARIA, again()))
        .then([event('lead.touched', NOW, touch('form', { kind: 'form' }))]);
      ofLead(createLead)
        .given([created(), recycled(1), sql(2, 2)])
        .when(asks(MARIA, again({ touches: [touch('a')] })))
        .then([event('lead.touched', NOW, touch('a'), 2)]);
    });

    it('links external ids that are new', () => {
      const known = { system: 'crm', id: '1' };
      const more = { system: 'forms', id: '2' };
      ofLead(createLead)
        .given([created(0, { externalIds: [known] })])
        .when(asks(MARIA, again({ externalIds: [known, more] })))
        .then([
          event('lead.touched', NOW, touch('form', { kind: 'form' })),
          event('lead.details-changed', NOW, { externalIds: [known, more] }),
        ]);
    });

    it('does nothing when touch and external id are known', () => {
      const known = [{ system: 'crm', id: '1' }];
      ofLead(createLead)
        .given([created(0, { externalIds: known }), on(1, 'lead.touched', touch('form', { kind: 'form' }))])
        .when(asks(MARIA, again({ externalIds: known })))
        .thenNothing();
    });
  });
});
