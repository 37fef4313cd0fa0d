import { readFileSync } from 'node:fs';
import type { DealOpenedData, PaymentReceivedData, PaymentRefundedData } from '#deals/events/deal-events.js';
import type { Mapping } from '#imports/mapping/mapping.js';
import { parseMapping } from '#imports/mapping/parse-mapping.js';
import { csv, openWorkbench, type Workbench } from '../testing/import-workbench.js';

/** A shop: orders of several kinds and currencies, and one list of what was paid and given back. */
const SHOP: Mapping = parseMapping({
  format: 1,
  name: 'shop',
  system: 'shop',
  rates: { USD: { value: '0.92', source: 'ECB', on: '2024-01-02' } },
  files: [
    {
      file: 'orders.csv',
      records: [
        { kind: 'lead', id: 'customer', at: 'ordered', once: true },
        {
          kind: 'deal',
          id: 'order',
          lead: 'customer',
          at: 'ordered',
          fields: {
            kind: { column: 'type', translate: { first: 'new', upgrade: 'expansion', again: 'renewal' } },
            value: 'value',
            currency: 'currency',
            rate: 'rate',
            rateOn: 'ordered',
          },
        },
        {
          kind: 'close',
          deal: 'order',
          lead: 'customer',
          outcome: { constant: 'won' },
          at: 'ordered',
          fields: { value: 'value', currency: 'currency', rate: 'rate', rateOn: 'ordered' },
        },
      ],
    },
    {
      file: 'money.csv',
      records: [
        {
          kind: 'payment',
          deal: 'order',
          id: 'id',
          at: 'at',
          when: [{ value: 'amount', negative: false }],
          fields: { amount: 'amount', currency: 'currency' },
        },
        {
          kind: 'refund',
          deal: 'order',
          payment: 'of',
          id: 'id',
          at: 'at',
          when: [{ value: 'amount', negative: true }],
          fields: { kind: 'how', amount: 'amount', currency: 'currency', reason: 'why' },
        },
      ],
    },
  ],
});

const ORDERS = 'order,customer,ordered,type,value,currency,rate';
const MONEY = 'id,of,order,at,amount,currency,how,why';
const PAID = 'P1,,O1,2024-01-10,100.00,EUR,,';
const BACK = 'R1,P1,O1,2024-01-20,-40.00,EUR,credit-note,damaged';

describe('An import of money', () => {
  let bench: Workbench;
  const ofType = async <Data>(type: string): Promise<Data[]> =>
    (await bench.events()).filter((event) => event.type === type).map((event) => event.data() as Data); // by its type
  const money = (...rows: string[]): void => void bench.file('money.csv', csv(MONEY, ...rows));

  beforeEach(async () => {
    bench = await openWorkbench();
    bench.file(
      'orders.csv',
      csv(
        ORDERS,
        'O1,C1,2024-01-05,first,100.00,EUR,',
        'O2,C1,2024-06-05,upgrade,50.00,USD,0.95',
        'O3,C1,2025-01-05,again,80.00,USD,',
      ),
    );
    money(PAID, BACK, 'P3,,O3,2025-01-09,80.00,USD,,');
  });
  afterEach(() => bench.close());

  it('knows new deals, expansions and renewals, and the rate of each amount', async () => {
    expect(await bench.import(SHOP)).toMatchObject({ rejected: 0, events: { 'deal.opened': 3, 'deal.won': 3 } });
    const ecb = { to: 'EUR', value: '0.92', source: 'ECB', on: '2024-01-02' };
    expect((await ofType<DealOpenedData>('deal.opened')).map(({ kind, rate }) => [kind, rate])).toEqual([
      ['new', null],
      ['expansion', { to: 'EUR', value: '0.95', source: null, on: '2024-06-05' }],
      ['renewal', ecb],
    ]);
    const payments = await ofType<PaymentReceivedData>('deal.payment-received');
    expect(payments.map(({ rate }) => rate)).toEqual([null, ecb]);
    expect(await bench.import(SHOP)).toMatchObject({ events: {}, unchanged: 6 });
  });

  it('follows a rate that changes', async () => {
    await bench.import(SHOP);
    bench.file('orders.csv', csv(ORDERS, 'O2,C1,2024-06-05,upgrade,50.00,USD,0.96'));
    expect(await bench.import(SHOP)).toMatchObject({ rejected: 0, events: { 'deal.amended': 1, 'deal.reopened': 1 } });
    const [amended] = await ofType<{ rate: unknown }>('deal.amended');
    expect(amended?.rate).toMatchObject({ value: '0.96' });
  });

  it('records what was given back, with or without a minus, and follows its changes there and back', async () => {
    await bench.import(SHOP);
    const [payment] = await ofType<PaymentReceivedData>('deal.payment-received');
    expect(await ofType<PaymentRefundedData>('deal.payment-refunded')).toEqual([
      {
        refundId: expect.any(String) as unknown,
        paymentId: payment?.paymentId,
        kind: 'credit-note',
        amount: { minor: 4000, currency: 'EUR' },
        costRecovered: null,
        reason: 'damaged',
      },
    ]);
    for (const amount of ['-45.00', '-40.00']) {
      money(PAID, BACK.replace('-40.00', amount));
      expect(await bench.import(SHOP)).toMatchObject({
        events: { 'deal.refund-annulled': 1, 'deal.payment-refunded': 1 },
      });
    }
    expect(await bench.import(SHOP)).toMatchObject({ events: {} });
  });

  it('takes the refunds along when their payment is recorded anew', async () => {
    await bench.import(SHOP);
    money(PAID.replace('100.00', '90.00'), BACK);
    expect((await bench.import(SHOP)).events).toEqual({
      'deal.refund-annulled': 1,
      'deal.payment-annulled': 1,
      'deal.payment-received': 1,
      'deal.payment-refunded': 1,
    });
    const payments = await ofType<PaymentReceivedData>('deal.payment-received');
    const refunds = await ofType<PaymentRefundedData>('deal.payment-refunded');
    expect(refunds.at(-1)?.paymentId).toBe(payments.at(-1)?.paymentId);
    expect(await bench.import(SHOP)).toMatchObject({ events: {} });
  });

  it('rejects a refund of a payment that was never imported, or of more than was paid, and an amount without a rate', async () => {
    money(PAID, 'R2,P9,O1,2024-01-20,-1.00,EUR,,', BACK.replace('-40.00', '-400.00'), 'P4,,O3,2025-01-09,80.00,CHF,,');
    const { rejectsFile, rejected } = await bench.import(SHOP);
    expect(rejected).toBe(3);
    const told = readFileSync(rejectsFile!, 'utf8');
    for (const code of ['IMPORT.PAYMENT_UNKNOWN', 'REFUND.EXCEEDS_PAYMENT', 'MONEY.NO_RATE'])
      expect(told).toContain(code);
  });

  it('as history records a refund not before its payment', async () => {
    money(PAID, BACK.replace('2024-01-20', '2024-01-08'));
    expect(await bench.import(SHOP, { asHistory: true })).toMatchObject({
      rejected: 0,
      events: { 'deal.payment-refunded': 1 },
    });
    const events = await bench.events();
    const at = (type: string): number => events.find((event) => event.type === type)?.recordedAt ?? 0;
    expect(at('deal.payment-refunded')).toBeGreaterThanOrEqual(at('deal.payment-received'));
  });
});
