import { askedSpend, corrected, eur, SAM, specifySpend, spent, TO_EUR, usd } from '../../testing/campaign-life.js';
import { correctSpend } from './correct-spend.js';

const given = specifySpend(correctSpend).given;
const ID = { spendId: 's1', reason: null };

describe('CorrectSpend', () => {
  it('says the whole of what holds instead; what is left out stays', () => {
    given([spent({ clicks: 5 })])
      .when(askedSpend({ ...ID, amount: eur(9_000), reason: 'credit note' }))
      .then([corrected({ amount: eur(9_000), clicks: 5, reason: 'credit note' })]);
    given([spent(), corrected({ amount: eur(1) })])
      .when(askedSpend({ ...ID, kind: 'tool' }))
      .then([corrected({ amount: eur(1), kind: 'tool' })]);
  });

  it('keeps the rate within a currency and asks for one in another', () => {
    const dollars = spent({ amount: usd(5_000), rate: TO_EUR });
    given([dollars])
      .when(askedSpend({ ...ID, amount: usd(4_000) }))
      .then([corrected({ amount: usd(4_000), rate: TO_EUR })]);
    given([spent()])
      .when(askedSpend({ ...ID, amount: usd(4_000) }))
      .thenRefused('MONEY.NO_RATE', 'unprocessable');
    given([dollars])
      .when(askedSpend({ ...ID, amount: eur(4_000) }))
      .then([corrected({ amount: eur(4_000) })]);
  });

  it('finds nothing to do where all was so', () => {
    given([spent()]).when(askedSpend(ID)).thenNothing();
    given([spent(), corrected({ amount: eur(1) })])
      .when(askedSpend({ ...ID, amount: eur(1) }))
      .thenNothing();
  });

  it('leaves the channel of spend without a campaign', () => {
    const alone = { campaign: null, campaignId: null };
    given([spent(alone)])
      .when(askedSpend({ ...ID, channel: 'events' }))
      .thenRefused('SPEND.CHANNEL_FIXED', 'malformed');
    given([spent()])
      .when(askedSpend({ ...ID, channel: 'events' }))
      .then([corrected({ channel: 'events' })]);
  });

  it('refuses spend that is not there, negative amounts and other teams', () => {
    given([]).when(askedSpend(ID)).thenRefused('SPEND.NOT_FOUND', 'not-found');
    given([spent()])
      .when(askedSpend({ ...ID, amount: eur(-1) }))
      .thenRefused('SPEND.NEGATIVE_AMOUNT');
    given([spent()]).when(askedSpend(ID, SAM)).thenRefused('CAMPAIGN.WRONG_TEAM');
  });
});
