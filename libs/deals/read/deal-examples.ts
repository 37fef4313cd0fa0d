import { AS_OF_EXAMPLE } from '#platform/openapi/question.js';

/** What the documentation shows. */
export const DEAL_EXAMPLE = {
  id: '6a1de6a1-9f4e-5b0e-8f7b-1c2d3e4f5a6b',
  revision: 2,
  lead: '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10',
  pass: 1,
  kind: 'new',
  status: 'won',
  stage: 'negotiation',
  account: 'Analytical Engines Ltd',
  product: 'difference-engine',
  segment: 'enterprise',
  country: 'GB',
  value: { amount: '12000.00', currency: 'EUR' },
  rate: null,
  expectedCloseOn: '2026-06-01',
  owner: 'charles',
  team: 'sales',
  dimensions: { office: 'London' },
  openedAt: '2026-02-28T10:00:00Z',
  closedAt: '2026-03-01T09:30:00Z',
  lossReason: null,
  payments: [],
};

export const PIPELINE_EXAMPLE = {
  asOf: AS_OF_EXAMPLE,
  currency: 'EUR',
  stages: [{ stage: 'negotiation', count: 12, value: { amount: '144000.00', currency: 'EUR' } }],
  total: { count: 12, value: { amount: '144000.00', currency: 'EUR' } },
  warnings: [],
};
