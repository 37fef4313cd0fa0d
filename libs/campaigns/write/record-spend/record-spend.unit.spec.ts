import {
  askedSpend,
  corrected,
  eur,
  SAM,
  SPEND,
  specifySpend,
  spent,
  TO_EUR,
  usd,
} from '../../testing/campaign-life.js';
import { recordSpend } from './record-spend.js';

const given = specifySpend(recordSpend).given;

describe('RecordSpend', () => {
  it('records what was spent on its day, counts and rate included', () => {
    const told = { amount: usd(5_000), rate: TO_EUR, impressions: 1_000, clicks: 12, kind: 'agency' } as const;
    given([])
      .when(askedSpend({ ...SPEND, ...told }))
      .then([spent(told)]);
  });

  it('records spend on a channel alone, and 0 for impressions that cost nothing', () => {
    const alone = { campaign: null, campaignId: null, amount: eur(0), impressions: 7 };
    given([])
      .when(askedSpend({ ...SPEND, ...alone }))
      .then([spent(alone)]);
  });

  it('drops a rate that is not needed', () => {
    given([])
      .when(askedSpend({ ...SPEND, rate: TO_EUR }))
      .then([spent()]);
  });

  it('finds nothing to do for the same spend, corrected since or not', () => {
    given([spent()]).when(askedSpend(SPEND)).thenNothing();
    given([spent(), corrected({ amount: eur(1) })])
      .when(askedSpend(SPEND))
      .thenNothing();
  });

  it('refuses another content under a known id', () => {
    given([spent()])
      .when(askedSpend({ ...SPEND, amount: eur(1) }))
      .thenRefused('SPEND.MEANS_SOMETHING_ELSE', 'refused');
  });

  it('refuses what makes no sense', () => {
    const refused = (change: Partial<typeof SPEND>, code: string) =>
      given([])
        .when(askedSpend({ ...SPEND, ...change }))
        .thenRefused(code);
    refused({ amount: eur(-1) }, 'SPEND.NEGATIVE_AMOUNT');
    refused({ amount: usd(1) }, 'MONEY.NO_RATE');
    refused({ day: '2026-03-13' }, 'SPEND.DAY_IN_FUTURE');
    refused({ channel: null }, 'SPEND.CHANNEL_MISSING');
    given([]).when(askedSpend(SPEND, SAM)).thenRefused('CAMPAIGN.WRONG_TEAM', 'forbidden');
  });
});
