import { AS_OF_EXAMPLE } from '#platform/openapi/question.js';
import type { ChangesAnswer } from '../report/answer-changes.js';
import type { FiguresAnswer } from '../report/figures.js';
import type { FunnelAnswer } from '../report/funnel.js';
import type { GlossaryAnswer } from '../report/glossary.js';
import type { KpiAnswer } from '../report/kpi.js';

const HEAD = {
  asOf: AS_OF_EXAMPLE,
  timeZone: 'UTC',
  currency: 'EUR',
  period: { from: '2018-01-01', to: '2018-03-31' },
};

export const FIGURES_EXAMPLE: FiguresAnswer = {
  ...HEAD,
  grain: 'month',
  by: ['channel'],
  metrics: [{ id: 'won', version: 1, name: 'Won deals', unit: 'count' }],
  rows: [{ period: '2018-01', channel: 'paid_search', won: 26 }],
  total: { won: 73 },
  warnings: [],
};

export const KPI_EXAMPLE: KpiAnswer = {
  ...HEAD,
  previousPeriod: { from: '2017-10-01', to: '2017-12-31' },
  kpi: { id: 'newPayingCustomers', version: 1, value: 41, previous: 29 },
  basis: null,
  companions: [
    { id: 'leads', value: 4012, previous: 1033 },
    { id: 'won', value: 73, previous: 3 },
    { id: 'netRevenue', value: '61240.00', previous: '2790.00' },
  ],
  warnings: [],
};

export const FUNNEL_EXAMPLE: FunnelAnswer = {
  ...HEAD,
  mode: 'cohort',
  horizonDays: null,
  money: false,
  grain: 'total',
  by: [],
  rows: [
    {
      stages: [
        { stage: 'mql', count: 1141 },
        {
          stage: 'won',
          count: 152,
          fromPrevious: { value: 0.133216476774759, numerator: 152, denominator: 1141 },
          fromFirst: { value: 0.133216476774759, numerator: 152, denominator: 1141 },
          matured: null,
        },
      ],
    },
  ],
  total: {
    stages: [
      { stage: 'mql', count: 1141 },
      {
        stage: 'won',
        count: 152,
        fromPrevious: { value: 0.133216476774759, numerator: 152, denominator: 1141 },
        fromFirst: { value: 0.133216476774759, numerator: 152, denominator: 1141 },
        matured: null,
      },
    ],
  },
  warnings: [],
};

export const GLOSSARY_EXAMPLE: GlossaryAnswer = {
  metrics: [
    {
      id: 'won',
      version: 1,
      name: 'Won deals',
      unit: 'count',
      formula: 'number of won deals of kind new, by the day won',
      text: 'Deals of kind new that were won, on the day they were won. A deal that is reopened no longer counts.',
    },
  ],
  stages: [{ id: 'mql', text: 'Marketing-qualified: meets the definition that both teams agreed on.' }],
  dimensions: [{ id: 'owner', text: 'Who was in charge when it happened; of a deal the deal, else its lead.' }],
  models: [
    {
      id: 'linear',
      version: 1,
      name: 'Linear',
      formula: '1 / n to each of the n touches',
      text: 'All touches matter alike. Misleads where someone sends many e-mails: each of them takes a share.',
    },
  ],
  credit: [
    {
      id: 'roas',
      version: 1,
      name: 'Credited revenue per spend',
      unit: 'ratio',
      reports: ['/roi'],
      formula: 'credited revenue / spend; null without spend',
      text: 'Return on ad spend under the model: what each unit spent on the channel or campaign brought in.',
    },
  ],
  warnings: [
    { id: 'MODEL_LEFT_OUT', text: 'A model that nobody named cannot answer this question, and is not in the answer.' },
  ],
};

export const PIPELINE_EXAMPLE = {
  asOf: AS_OF_EXAMPLE,
  currency: 'EUR',
  stages: [{ stage: 'negotiation', count: 12, value: { amount: '144000.00', currency: 'EUR' } }],
  total: { count: 12, value: { amount: '144000.00', currency: 'EUR' } },
  warnings: [],
};

export const CHANGES_EXAMPLE: ChangesAnswer = {
  ...HEAD,
  since: { position: '19001', recordedAt: '2026-02-01T09:30:00Z', knownAt: '2026-02-01T10:00:00Z' },
  metric: { id: 'won', version: 1, name: 'Won deals', unit: 'count' },
  before: 72,
  after: 73,
  changes: [
    {
      cause: 'new-activity',
      change: 1,
      events: 1,
      items: [
        {
          eventId: '3b0c9d5e-5f0a-5e0b-9a0c-8d7e6f5a4b3c',
          type: 'deal.won',
          position: '20112',
          occurredAt: '2018-03-30T16:00:00Z',
          recordedAt: '2026-02-03T08:12:44Z',
          actor: { id: 'charles', team: 'sales' },
          lead: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11',
          deal: '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10',
          change: 1,
        },
      ],
    },
  ],
  warnings: [],
};
