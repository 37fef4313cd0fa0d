import { AS_OF_EXAMPLE } from '#platform/openapi/question.js';

const LEAD = '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11';
const HEAD = {
  asOf: AS_OF_EXAMPLE,
  timeZone: 'UTC',
  currency: 'EUR',
  period: { from: '2026-02-01', to: '2026-02-28' },
};
const ROW = {
  received: 40,
  intake: {
    reviewed: { value: 0.9, numerator: 36, denominator: 40 },
    quality: { mean: 3.25, judged: 36, grades: { '1': 3, '2': 6, '3': 9, '4': 15, '5': 3 } },
    needs: [{ code: 'reporting', count: 21 }],
    challenges: [{ code: 'no-time', count: 8 }],
  },
  outcome: {
    won: 5,
    lost: 7,
    recycled: 3,
    disqualified: 1,
    reviewed: { value: 0.75, numerator: 12, denominator: 16 },
    helped: [{ code: 'case-study', count: 4 }],
    wentWrong: [{ code: 'slow-first-call', count: 6 }],
  },
  exits: [{ exit: 'rejected', reason: 'no-budget', count: 4 }],
  closeReasons: [{ outcome: 'lost', reason: 'price', count: 3 }],
  effort: {
    attempts: { unit: 'attempt', count: 8, mean: 2.5, p50: 2, p90: 5, p95: 5 },
    days: { unit: 'day', count: 8, mean: 11.25, p50: 9, p90: 21, p95: 21 },
    rejectedWithoutAttempt: 1,
    rejectedThenBought: 1,
  },
  byQuality: [
    {
      grade: 5,
      won: 2,
      lost: 1,
      winRate: { value: 0.6666666666666666, numerator: 2, denominator: 3 },
      revenue: '8200.00',
    },
  ],
};

export const REPORT_EXAMPLE = {
  ...HEAD,
  grain: 'total',
  by: ['channel'],
  rows: [{ channel: 'webinar', ...ROW }],
  total: ROW,
  warnings: [],
};

export const LEADS_EXAMPLE = { ...HEAD, count: 'received', leads: [{ lead: LEAD, count: 1 }], warnings: [] };

export const SESSION_EXAMPLE = {
  id: '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10',
  revision: 2,
  status: 'open',
  scope: { from: '2026-02-01', to: '2026-02-28', owner: null, segment: 'enterprise', channel: null },
  queueAsOf: '20390',
  openedBy: 'charles',
  openedAt: '2026-03-02T09:00:00Z',
  closedAt: null,
  queued: 1,
  notReviewed: null,
  decisions: [
    {
      decisionId: '1d1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11',
      text: 'Webinar invitations name the price.',
      by: 'charles',
      at: '2026-03-02T09:20:00Z',
    },
  ],
  actions: [
    {
      actionId: '2d1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11',
      text: 'Write the price into the invitation.',
      owner: 'augusta',
      due: '2026-03-15',
      doneAt: null,
      note: null,
    },
  ],
  openActions: [],
  queue: [{ lead: LEAD, pass: 1, phase: 'intake', reviewed: true }],
};
