import { AS_OF_EXAMPLE } from '#platform/openapi/question.js';
import { USUAL_OPTIONS } from '../credit/model-version.js';
import type { AttributionAnswer } from '../report/attribution.js';
import type { LeadJourneyAnswer } from '../report/lead-journey.js';
import type { JourneysAnswer } from '../report/journeys.js';
import type { RoiAnswer } from '../report/roi.js';
import type { ModelsAnswer } from './models/models.query.js';

const HEAD = {
  asOf: AS_OF_EXAMPLE,
  timeZone: 'UTC',
  currency: 'EUR',
  period: { from: '2026-01-01', to: '2026-03-31' },
};

const CREDIT_HEAD = {
  ...HEAD,
  grain: 'total',
  by: ['channel'],
  on: 'conversion' as const,
  models: [
    {
      id: 'linear',
      version: 1,
      name: null,
      learned: false,
      weighing: { model: 'linear' },
      options: USUAL_OPTIONS,
    },
  ],
};

export const ATTRIBUTION_EXAMPLE: AttributionAnswer = {
  ...CREDIT_HEAD,
  rows: [
    {
      channel: 'paid_search',
      spend: '500.00',
      linear: { conversions: 1.5, customers: 1.5, revenue: '1800.00', profit: '900.00' },
    },
    {
      channel: '(unattributed)',
      spend: '0.00',
      linear: { conversions: 1, customers: 1, revenue: '400.00', profit: null },
    },
  ],
  total: { spend: '500.00', linear: { conversions: 2.5, customers: 2.5, revenue: '2200.00', profit: '900.00' } },
  balance: {
    ledger: { conversions: 2.5, customers: 2.5, revenue: '2200.00', profit: '900.00' },
    models: {
      linear: {
        credited: { conversions: 1.5, customers: 1.5, revenue: '1800.00', profit: '900.00' },
        unattributed: { conversions: 1, customers: 1, revenue: '400.00', profit: null },
        existingCustomer: { conversions: 0, customers: 0, revenue: '0.00', profit: null },
        difference: { conversions: 0, customers: 0, revenue: '0.00', profit: '0.00' },
      },
    },
  },
  warnings: [],
};

const RETURN = {
  roas: { value: 3.6, numerator: '1800.00', denominator: '500.00' },
  romi: { value: 0.8, numerator: '400.00', denominator: '500.00' },
  cac: { value: '333.33', numerator: '500.00', denominator: 1.5 },
};

export const ROI_EXAMPLE: RoiAnswer = {
  ...CREDIT_HEAD,
  rows: [
    {
      channel: 'paid_search',
      spend: '500.00',
      linear: {
        conversions: 1.5,
        customers: 1.5,
        revenue: '1800.00',
        profit: '900.00',
        ...RETURN,
      },
    },
  ],
  total: {
    spend: '500.00',
    linear: {
      conversions: 1.5,
      customers: 1.5,
      revenue: '1800.00',
      profit: '900.00',
      ...RETURN,
    },
  },
  warnings: [],
};

export const JOURNEYS_EXAMPLE: JourneysAnswer = {
  ...HEAD,
  rows: [
    {
      path: ['paid_search', 'email'],
      conversions: 12,
      share: 0.4,
      open: 130,
      revenue: '14400.00',
      touches: { mean: 3.5, p50: 3, p90: 6, p95: 7 },
      days: { mean: 21.25, p50: 19, p90: 44, p95: 61 },
    },
  ],
  total: {
    paths: 9,
    conversions: 30,
    withoutTouch: 2,
    open: 870,
    revenue: '36000.00',
    touches: { mean: 3.1, p50: 3, p90: 6, p95: 8 },
    days: { mean: 24, p50: 20, p90: 50, p95: 66 },
    lengths: [
      { touches: 1, conversions: 8 },
      { touches: 2, conversions: 22 },
    ],
  },
  warnings: [],
};

export const MODELS_EXAMPLE: ModelsAnswer = {
  items: [
    {
      id: 'demo-first',
      version: 2,
      name: 'Demos first',
      learned: false,
      weighing: { kinds: { demo: 5, webinar: 2 }, other: 1 },
      options: { ...USUAL_OPTIONS, windowDays: 90 },
      builtIn: false,
      definedAt: '2026-03-01T09:30:00Z',
      position: '20417',
    },
  ],
};

export const LEAD_JOURNEY_EXAMPLE: LeadJourneyAnswer = {
  asOf: AS_OF_EXAMPLE,
  currency: 'EUR',
  id: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11',
  createdAt: '2026-01-10T09:00:00Z',
  models: CREDIT_HEAD.models,
  touches: [
    {
      touchId: '0b8d8a5e-3c55-5b0e-8a61-6f9f0c7b1c22',
      eventId: '4f7a1f0e-1f5b-5d0c-9a3e-2f6f7c1d8e90',
      occurredAt: '2026-01-10T09:00:00Z',
      recordedAt: '2026-01-10T09:00:01Z',
      kind: 'web-session',
      channel: 'paid_search',
      source: 'google',
      medium: 'cpc',
      campaign: 'spring-2026',
      content: null,
      team: 'marketing',
      member: null,
      credit: { linear: { conversions: 1, customers: 1, revenue: '1200.00', profit: '700.00' } },
    },
  ],
  conversions: [
    {
      deal: '9d1c2b3a-58a4-5c4e-9d5c-0d6a2f9f2a77',
      kind: 'new',
      occurredAt: '2026-02-20T14:00:00Z',
      converts: true,
      first: true,
      revenue: '1200.00',
      profit: '700.00',
    },
  ],
  unattributed: { linear: { conversions: 0, customers: 0, revenue: '0.00', profit: null } },
  events: [{ eventId: '4f7a1f0e-1f5b-5d0c-9a3e-2f6f7c1d8e90', type: 'lead.touched', position: '118' }],
};
