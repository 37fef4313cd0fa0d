import { AS_OF_EXAMPLE } from '#platform/openapi/question.js';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const PLAN = '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11';
const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const PARTS = {
  earned: eur('75.00'),
  granted: eur('60.00'),
  held: eur('0.00'),
  capped: eur('15.00'),
  carried: eur('0.00'),
  forfeited: eur('0.00'),
};
const HEAD = { asOf: AS_OF_EXAMPLE, timeZone: 'Europe/Berlin', currency: 'EUR' };

const DISPUTE = {
  id: '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10',
  plan: PLAN,
  member: 'mia',
  period: '2026-03',
  status: 'ruled',
  by: 'mia',
  at: '2026-04-06T09:30:00Z',
  authenticated: true,
  reason: 'The webinar was mine.',
  ruling: {
    by: 'hanna',
    at: '2026-04-08T11:00:00Z',
    authenticated: true,
    upheld: true,
    reason: 'The recording shows it.',
    bookedIn: '2026-04',
    amounts: [{ member: 'mia', amount: eur('50.00') }],
  },
};

export const STATEMENTS_EXAMPLE = {
  ...HEAD,
  statements: [
    {
      plan: PLAN,
      planName: 'Marketing 2026',
      member: 'mia',
      period: '2026-03',
      days: { from: '2026-03-01', to: '2026-03-31' },
      status: 'approved',
      opening: eur('0.00'),
      total: eur('60.00'),
      payable: eur('60.00'),
      closing: eur('0.00'),
      sums: PARTS,
      lines: [
        {
          kind: 'milestone',
          lead: '7d444840-9dc0-11d1-b245-5ffdce74fad2',
          tier: 'first',
          crossing: 1,
          at: '2026-03-10T12:00:00Z',
          planVersion: 1,
          planHash: HASH,
          eventId: '0b8d8a5e-3c55-5b0e-8a61-6f9f0c7b1c22',
          events: ['4c0c5d2e-7b0a-5b0e-8f11-2f9f0c7b1c33'],
          ...PARTS,
          steps: [
            { label: 'reward', amount: eur('100.00') },
            { label: 'parts of others', amount: eur('-25.00') },
            { label: 'above the cap per person: lapses', amount: eur('-15.00') },
          ],
        },
      ],
      drafted: { by: 'fiona', at: '2026-04-02T08:00:00Z', authenticated: true, hash: HASH, isCurrent: true },
      approved: { by: 'hanna', at: '2026-04-03T08:00:00Z', authenticated: true, hash: HASH, upTo: '20417' },
      paid: null,
      disputes: [],
      notAuthenticated: [],
      upTo: '20417',
      hash: HASH,
    },
  ],
  total: { ...PARTS, payable: eur('60.00') },
  warnings: [],
};

const ACCRUAL = {
  earnedNotApproved: eur('40.00'),
  approvedNotPaid: eur('60.00'),
  paid: eur('0.00'),
  held: eur('0.00'),
  carried: eur('0.00'),
  atRisk: eur('100.00'),
  owed: eur('0.00'),
  owedByLeaver: eur('0.00'),
};

export const ACCRUALS_EXAMPLE = {
  ...HEAD,
  rows: [{ plan: PLAN, planName: 'Marketing 2026', member: 'mia', hasLeft: false, ...ACCRUAL }],
  total: ACCRUAL,
  warnings: [],
};

export const DISPUTES_EXAMPLE = { ...HEAD, items: [DISPUTE], warnings: [] };
