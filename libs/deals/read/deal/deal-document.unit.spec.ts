import type { RecordedEvent } from '#kernel/envelope.js';
import { idOf, recorder } from '#platform/testing/recorder.js';
import { dealStream, type DealEvent, type DealOpenedData } from '../../events/deal-events.js';
import { dealItem } from './answer-deal.js';
import { projectDeal, type DealDocument } from './deal-document.js';

const DEAL = idOf('deal');
const LEAD = idOf('lead');
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const OPENED: DealOpenedData = {
  ...{
    kind: 'new',
    account: 'Engines',
    product: null,
    segment: null,
    country: null,
    stage: 'demo',
    value: eur(100_00),
    rate: null,
  },
  ...{ expectedCloseOn: null, owner: 'sam', ownerTeam: 'sales', dimensions: {} },
};

function deal(...events: readonly (readonly [DealEvent['type'], object, number?])[]): DealDocument {
  const record = recorder();
  let document: DealDocument | null = null;
  [['deal.opened', OPENED] as const, ...events].forEach(([type, data, occurredAt], index) => {
    const event: RecordedEvent = record(dealStream(DEAL), {
      type,
      occurredAt: occurredAt ?? (index + 1) * 1000,
      leadId: LEAD,
      pass: 1,
      data,
    });
    document = projectDeal(document, event, DEAL);
  });
  return document!;
}

describe('The deal document', () => {
  it('begins open, in the stage and with the value it was opened with', () => {
    expect(deal()).toMatchObject({
      id: DEAL,
      revision: 0,
      lead: LEAD,
      status: 'open',
      stage: 'demo',
      value: eur(100_00),
      team: 'sales',
    });
  });

  it('keeps its value where a step names none', () => {
    const won = deal(
      ['deal.advanced', { stage: 'offer', value: null, rate: null }],
      ['deal.won', { value: null, rate: null, note: null }],
    );
    expect(won).toMatchObject({ status: 'won', stage: 'offer', value: eur(100_00), closedAt: 3000, revision: 2 });
  });

  it('takes the close back when reopened', () => {
    const reopened = deal(
      ['deal.lost', { value: eur(0), rate: null, reason: 'price', note: null }],
      ['deal.reopened', { reason: null }],
    );
    expect(reopened).toMatchObject({ status: 'open', closedAt: null, lossReason: null, value: eur(0) });
  });

  it('lets a back-dated assignment not displace a later one', () => {
    const assigned = deal(
      ['deal.assigned', { owner: 'zoe', team: 'sales' }, 5000],
      ['deal.assigned', { owner: 'old', team: 'sales' }, 2000],
    );
    expect(assigned).toMatchObject({ owner: 'zoe', revision: 2 });
  });

  it('lists payments with their refunds, and marks those that were taken back', () => {
    const payment = {
      paymentId: 'p1',
      amount: eur(50_00),
      tax: null,
      cost: null,
      costBasis: null,
      rate: null,
      reference: 'inv 1',
    };
    const refund = {
      refundId: 'r1',
      paymentId: 'p1',
      kind: 'refund',
      amount: eur(10_00),
      costRecovered: null,
      reason: null,
    };
    const paid = deal(
      ['deal.payment-received', payment],
      ['deal.payment-received', { ...payment, paymentId: 'p2' }],
      ['deal.payment-refunded', refund],
      ['deal.refund-annulled', { refundId: 'r1', paymentId: 'p1', reason: null }],
      ['deal.payment-annulled', { paymentId: 'p2', reason: null }],
    );
    expect(paid.payments.map(({ paymentId, annulled, refunds }) => [paymentId, annulled, refunds.length])).toEqual([
      ['p1', false, 1],
      ['p2', true, 0],
    ]);
    expect(paid.payments[0]?.refunds[0]).toMatchObject({ refundId: 'r1', annulled: true });
    expect(dealItem(paid)).toMatchObject({
      value: { amount: '100.00', currency: 'EUR' },
      payments: [
        {
          amount: { amount: '50.00', currency: 'EUR' },
          occurredAt: '1970-01-01T00:00:02Z',
          refunds: [{ amount: { amount: '10.00', currency: 'EUR' } }],
        },
        {},
      ],
    });
  });

  it('is not there before its opening', () => {
    const event = recorder()(dealStream(DEAL), { type: 'deal.won', occurredAt: 1, leadId: LEAD, pass: 1, data: {} });
    expect(projectDeal(null, event, DEAL)).toBeNull();
  });
});
