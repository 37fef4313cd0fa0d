import 'reflect-metadata';
import { DomainError } from '#kernel/errors.js';
import { readRequest } from '#platform/http/request-pipe.js';
import { eur, on, usd } from '../testing/deal-life.js';
import { AdvanceDealRequest, toAdvanceDeal } from './advance-deal/advance-deal.request.js';
import { AmendDealRequest, toAmendDeal } from './amend-deal/amend-deal.request.js';
import { AnnulDealRequest } from './annul-deal/annul-deal.request.js';
import { AnnulPaymentRequest } from './annul-payment/annul-payment.request.js';
import { AnnulRefundRequest } from './annul-refund/annul-refund.request.js';
import { AssignDealRequest, toAssignDeal } from './assign-deal/assign-deal.request.js';
import { CloseDealRequest, toCloseDeal } from './close-deal/close-deal.request.js';
import { OpenDealRequest, toOpenDeal } from './open-deal/open-deal.request.js';
import { RecordPaymentRequest, toRecordPayment } from './record-payment/record-payment.request.js';
import { RefundPaymentRequest, toRefundPayment } from './refund-payment/refund-payment.request.js';
import { ReopenDealRequest } from './reopen-deal/reopen-deal.request.js';

const money = (amount: string, currency = 'EUR') => ({ amount, currency });
const RATE = { to: 'EUR', value: '0.9' };

describe('Bodies of deal commands', () => {
  it('open a deal with nothing at all', () => {
    expect(toOpenDeal(readRequest(OpenDealRequest, {}))).toMatchObject({ lead: null, kind: 'new', dimensions: {} });
  });

  it('become domain values', () => {
    const body = {
      occurredAt: '2026-03-01T13:00:00+01:00',
      value: money('12.5', 'USD'),
      rate: RATE,
      dimensions: { office: 'Lisbon' },
    };
    expect(toOpenDeal(readRequest(OpenDealRequest, body))).toMatchObject({
      occurredAt: on(1),
      value: usd(1250),
      rate: { ...RATE, source: null, on: null },
      dimensions: { office: 'Lisbon' },
    });
    const payment = { amount: money('10'), tax: null, cost: money('4.00'), reference: 'INV-1' };
    expect(toRecordPayment(readRequest(RecordPaymentRequest, payment))).toMatchObject({
      amount: eur(1000),
      tax: null,
      cost: eur(400),
    });
    expect(toRefundPayment(readRequest(RefundPaymentRequest, { amount: money('10') }))).toMatchObject({
      kind: 'refund',
      amount: eur(1000),
    });
    expect(toCloseDeal(readRequest(CloseDealRequest, { outcome: 'lost', reason: 'price' }))).toMatchObject({
      outcome: 'lost',
      reason: 'price',
    });
    expect(toAssignDeal(readRequest(AssignDealRequest, { owner: 'sam' }))).toMatchObject({ owner: 'sam', team: null });
    expect(toAdvanceDeal(readRequest(AdvanceDealRequest, { stage: 'demo' }))).toMatchObject({ stage: 'demo' });
  });

  it('keep apart what is left out and what is taken away', () => {
    const amended = toAmendDeal(readRequest(AmendDealRequest, { value: null }));
    expect([amended.value, amended.product]).toEqual([null, undefined]);
  });

  it.each<[string, new () => object, unknown, string, string]>([
    ['an unknown member', OpenDealRequest, { amount: 1 }, '/amount', 'UNKNOWN_PROPERTY'],
    [
      'an unknown member of an amount',
      OpenDealRequest,
      { value: { ...money('1.00'), tax: '1' } },
      '/value/tax',
      'UNKNOWN_PROPERTY',
    ],
    ['a lead that is no UUID', OpenDealRequest, { lead: 'acme' }, '/lead', 'IS_UUID'],
    ['a kind that is not on the list', OpenDealRequest, { kind: 'upsell' }, '/kind', 'IS_IN'],
    [
      'an amount that is a number',
      OpenDealRequest,
      { value: { amount: 12.5, currency: 'EUR' } },
      '/value/amount',
      'IS_STRING',
    ],
    ['an amount with a comma', OpenDealRequest, { value: money('12,50') }, '/value/amount', 'MATCHES'],
    ['a currency that is none', OpenDealRequest, { value: money('12.50', 'EURO') }, '/value/currency', 'IS_CURRENCY'],
    ['an amount that is a text', OpenDealRequest, { value: '12.50' }, '/value', 'IS_OBJECT'],
    [
      'a rate of 0',
      OpenDealRequest,
      { value: money('1', 'USD'), rate: { to: 'EUR', value: '0.00' } },
      '/rate/value',
      'MATCHES',
    ],
    ['an impossible day', OpenDealRequest, { expectedCloseOn: '2026-02-30' }, '/expectedCloseOn', 'IS_DAY'],
    ['an instant without a zone', OpenDealRequest, { occurredAt: '2026-03-01T09:30:00' }, '/occurredAt', 'IS_INSTANT'],
    ['an impossible instant', OpenDealRequest, { occurredAt: '2026-02-29T09:30:00Z' }, '/occurredAt', 'IS_INSTANT'],
    [
      'a dimension named like a metric',
      OpenDealRequest,
      { dimensions: { revenue: 'x' } },
      '/dimensions',
      'IS_DIMENSIONS',
    ],
    ['a text that is too long', OpenDealRequest, { account: 'x'.repeat(201) }, '/account', 'MAX_LENGTH'],
    ['half a surrogate', OpenDealRequest, { account: 'a\ud800' }, '/account', 'IS_CLEAN_TEXT'],
    ['a day that is a number', AmendDealRequest, { expectedCloseOn: 20260601 }, '/expectedCloseOn', 'IS_DAY'],
    ['a team that is none', AssignDealRequest, { owner: 'sam', team: 'legal' }, '/team', 'IS_IN'],
    ['an owner that is a list', AssignDealRequest, { owner: ['sam'] }, '/owner', 'IS_STRING'],
    ['no stage', AdvanceDealRequest, {}, '/stage', 'MISSING'],
    ['an empty stage', AdvanceDealRequest, { stage: '' }, '/stage', 'IS_LENGTH'],
    ['no outcome', CloseDealRequest, {}, '/outcome', 'MISSING'],
    ['an outcome that is none', CloseDealRequest, { outcome: 'maybe' }, '/outcome', 'IS_IN'],
    ['a reason that is no code', CloseDealRequest, { outcome: 'lost', reason: 'Too expensive' }, '/reason', 'IS_CODE'],
    ['a note that is no text', ReopenDealRequest, { reason: 5 }, '/reason', 'IS_STRING'],
    ['a note that is too long', AnnulDealRequest, { reason: 'x'.repeat(4001) }, '/reason', 'MAX_LENGTH'],
    ['no amount', RecordPaymentRequest, {}, '/amount', 'MISSING'],
    ['an amount of null', RecordPaymentRequest, { amount: null }, '/amount', 'IS_DEFINED'],
    [
      'an amount without a currency',
      RecordPaymentRequest,
      { amount: { amount: '1.00' } },
      '/amount/currency',
      'MISSING',
    ],
    [
      'a payment id that is no UUID',
      RecordPaymentRequest,
      { amount: money('1'), paymentId: '42' },
      '/paymentId',
      'IS_UUID',
    ],
    [
      'a rate without its currency',
      RecordPaymentRequest,
      { amount: money('1', 'USD'), rate: { value: '0.9' } },
      '/rate/to',
      'MISSING',
    ],
    ['a list of amounts', RecordPaymentRequest, { amount: [money('1')] }, '/amount', 'IS_OBJECT'],
    ['an unknown member beside a reason', AnnulPaymentRequest, { note: 'x' }, '/note', 'UNKNOWN_PROPERTY'],
    ['a kind of refund that is none', RefundPaymentRequest, { amount: money('1'), kind: 'gift' }, '/kind', 'IS_IN'],
    ['a refund without an amount', RefundPaymentRequest, { kind: 'refund' }, '/amount', 'MISSING'],
    [
      'a reason of a refund that is no code',
      RefundPaymentRequest,
      { amount: money('1'), reason: 'came back' },
      '/reason',
      'IS_CODE',
    ],
    ['a moment that is a number', AnnulRefundRequest, { occurredAt: 1_772_000_000_000 }, '/occurredAt', 'IS_INSTANT'],
  ])('refuse %s', (_, type, body, pointer, code) => {
    expect(faults(() => readRequest(type, body))).toContainEqual(expect.objectContaining({ pointer, code }));
  });

  it('refuse more digits than the currency has', () => {
    const body = readRequest(RecordPaymentRequest, { amount: money('1.005') });
    expect(() => toRecordPayment(body)).toThrow('MONEY.TOO_MANY_DIGITS');
  });
});

function faults(attempt: () => unknown): readonly unknown[] {
  try {
    attempt();
  } catch (error) {
    if (error instanceof DomainError) return error.errors;
    throw error;
  }
  return [];
}
