import {
  asked,
  eur,
  happened,
  lost,
  NOW,
  on,
  opened,
  paid,
  paymentAnnulled,
  specify,
  TO_EUR,
  usd,
  won,
} from '../../testing/deal-life.js';
import type { DealEvent } from '../../events/deal-events.js';
import type { MarginsDefinedData } from '../../events/margin-events.js';
import { recordPayment, type RecordPayment } from './record-payment.js';

const when = (input: Partial<RecordPayment>) =>
  specify(recordPayment)
    .given([opened(), won()])
    .when(asked({ paymentId: 'p', amount: eur(100), ...input }));
const received = {
  paymentId: 'p',
  amount: eur(100),
  tax: null,
  cost: null,
  costBasis: null,
  rate: null,
  reference: null,
} as const;

describe('RecordPayment', () => {
  it('records money received', () => {
    when({ occurredAt: on(6) }).then([happened('deal.payment-received', on(6), received)]);
  });

  it('keeps tax, cost with its basis, and reference', () => {
    when({ tax: eur(19), cost: eur(0), reference: 'INV-1' }).then([
      happened('deal.payment-received', NOW, {
        ...received,
        tax: eur(19),
        cost: eur(0),
        costBasis: 'given',
        reference: 'INV-1',
      }),
    ]);
  });

  it('keeps the rate of another currency, whose cost may be in either', () => {
    for (const cost of [usd(40), eur(40)]) {
      when({ amount: usd(100), rate: TO_EUR, cost }).then([
        happened('deal.payment-received', NOW, {
          ...received,
          amount: usd(100),
          rate: TO_EUR,
          cost,
          costBasis: 'given',
        }),
      ]);
    }
  });

  it('drops a rate that is not needed', () => {
    when({ rate: TO_EUR }).then([happened('deal.payment-received', NOW, received)]);
  });

  it('refuses another currency without a rate to the one of the organisation', () => {
    when({ amount: usd(100) }).thenRefused('MONEY.NO_RATE', 'unprocessable');
    when({ amount: usd(100), rate: { ...TO_EUR, to: 'GBP' } }).thenRefused('MONEY.NO_RATE', 'unprocessable');
  });

  it.each([0, -1])('refuses an amount of %i', (minor) => {
    when({ amount: eur(minor) }).thenRefused('PAYMENT.AMOUNT_NOT_POSITIVE', 'malformed');
  });

  it('refuses negative or foreign tax and cost', () => {
    when({ tax: eur(-1) }).thenRefused('PAYMENT.NEGATIVE_TAX', 'malformed');
    when({ cost: eur(-1) }).thenRefused('PAYMENT.NEGATIVE_COST', 'malformed');
    when({ tax: usd(1) }).thenRefused('PAYMENT.OTHER_CURRENCY', 'malformed');
    when({ cost: usd(1) }).thenRefused('PAYMENT.OTHER_CURRENCY', 'malformed');
  });

  it('finds nothing to do when the same payment is there, even on a deal that was lost since', () => {
    const input = { paymentId: 'p', amount: eur(100) };
    specify(recordPayment)
      .given([opened(), paid('p', eur(100))])
      .when(asked(input))
      .thenNothing();
    specify(recordPayment)
      .given([opened(), paid('p', eur(100)), lost()])
      .when(asked(input))
      .thenNothing();
  });

  it('refuses an id that another payment has or an annulled one had', () => {
    const before = [opened(), paid('p', eur(100))];
    const input = { paymentId: 'p', amount: eur(100) };
    specify(recordPayment)
      .given(before)
      .when(asked({ ...input, amount: eur(99) }))
      .thenRefused('DEAL.MEANS_SOMETHING_ELSE', 'refused');
    specify(recordPayment)
      .given(before)
      .when(asked({ ...input, occurredAt: on(3) }))
      .thenRefused('DEAL.MEANS_SOMETHING_ELSE', 'refused');
    specify(recordPayment)
      .given([...before, paymentAnnulled('p')])
      .when(asked(input))
      .thenRefused('PAYMENT.ANNULLED', 'refused');
  });
});

describe('RecordPayment under a margin table', () => {
  const TABLE: MarginsDefinedData = {
    version: 1,
    effectiveFrom: '2026-01-01',
    margins: [{ product: 'Cloud', margin: '72.5' }],
    otherwise: null,
  };
  const under = (
    table: MarginsDefinedData | null,
    product: string | null = 'Cloud',
    before: readonly DealEvent[] = [],
  ) =>
    specify<RecordPayment>((asks, deal) => recordPayment(asks, deal, table)).given([
      opened({ product }),
      won(),
      ...before,
    ]);
  const input = { paymentId: 'p', amount: eur(999_99) };

  it('takes its cost from there where none is stated, and says so', () => {
    under(TABLE)
      .when(asked(input))
      .then([
        happened('deal.payment-received', NOW, {
          ...received,
          amount: eur(999_99),
          cost: eur(275_00),
          costBasis: 'margin-table',
        }),
      ]);
  });

  it('takes it in the currency of the payment', () => {
    under(TABLE)
      .when(asked({ ...input, amount: usd(100_00), rate: TO_EUR }))
      .then([
        happened('deal.payment-received', NOW, {
          ...received,
          amount: usd(100_00),
          rate: TO_EUR,
          cost: usd(27_50),
          costBasis: 'margin-table',
        }),
      ]);
  });

  it('keeps a stated cost, and leaves unknown what the table does not list', () => {
    under(TABLE)
      .when(asked({ ...input, cost: eur(1) }))
      .then([
        happened('deal.payment-received', NOW, {
          ...received,
          amount: eur(999_99),
          cost: eur(1),
          costBasis: 'given',
        }),
      ]);
    for (const product of ['Onboarding', null])
      under(TABLE, product)
        .when(asked(input))
        .then([happened('deal.payment-received', NOW, { ...received, amount: eur(999_99) })]);
  });

  it('goes by the product that the deal has now', () => {
    under(TABLE, null, [happened('deal.amended', NOW, { product: 'Cloud', reason: null })])
      .when(asked(input))
      .then([
        happened('deal.payment-received', NOW, {
          ...received,
          amount: eur(999_99),
          cost: eur(275_00),
          costBasis: 'margin-table',
        }),
      ]);
  });

  it('is nothing to do in repeat, whatever the table says meanwhile', () => {
    const costed = { cost: eur(275_00), costBasis: 'margin-table' } as const;
    for (const cost of [{}, costed]) {
      const before = happened('deal.payment-received', NOW, { ...received, amount: eur(999_99), ...cost });
      for (const table of [null, TABLE, { ...TABLE, margins: [{ product: 'Cloud', margin: '1' }] }])
        under(table, 'Cloud', [before]).when(asked(input)).thenNothing();
      under(TABLE, 'Cloud', [before])
        .when(asked({ ...input, cost: eur(5) }))
        .thenRefused('DEAL.MEANS_SOMETHING_ELSE', 'refused');
    }
  });
});
