import { AS_OF_EXAMPLE } from '#platform/openapi/question.js';
import { USUAL_OPTIONS } from '../credit/model-version.js';
import type { AttributionAnswer } from '../report/attribution.js';
import type { JourneysAnswer } from '../report/journeys.js';
import type { RoiAnswer } from '../report/roi.js';

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
        roas: 3.6,
        romi: 0.8,
        cac: 333.3333333333333,
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
      roas: 3.6,
      romi: 0.8,
      cac: 333.3333333333333,
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
