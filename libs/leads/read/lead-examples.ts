import { AS_OF_EXAMPLE } from '#platform/openapi/question.js';

/** What the documentation shows. */
export const LEAD_EXAMPLE = {
  id: '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10',
  revision: 3,
  stage: 'sql',
  pass: 1,
  person: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Byron', phone: null },
  company: 'Analytical Engines Ltd',
  externalIds: [{ system: 'crm', id: '4711' }],
  channel: 'paid_search',
  source: 'google',
  medium: 'cpc',
  campaign: 'spring',
  content: null,
  segment: 'enterprise',
  country: 'GB',
  product: null,
  dimensions: { office: 'London' },
  owner: 'charles',
  team: 'sales',
  createdAt: '2026-02-27T08:15:00Z',
  touches: 4,
  lastTouchAt: '2026-03-01T09:30:00Z',
  deals: ['6a1de6a1-9f4e-5b0e-8f7b-1c2d3e4f5a6b'],
};

export const TIMELINE_EXAMPLE = {
  asOf: AS_OF_EXAMPLE,
  items: [
    {
      eventId: '3b0c9d5e-5f0a-5e0b-9a0c-8d7e6f5a4b3c',
      type: 'lead.touched',
      deal: null,
      revision: 1,
      position: '20411',
      occurredAt: '2026-02-28T14:05:00Z',
      recordedAt: '2026-02-28T14:09:12Z',
      actor: { id: 'charles', team: 'sales' },
      pass: 1,
      data: {
        kind: 'call',
        member: 'charles',
        team: 'sales',
        direction: 'outbound',
        outcome: 'connected',
        automated: false,
      },
    },
  ],
};
