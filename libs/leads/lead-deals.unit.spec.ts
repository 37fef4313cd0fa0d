import { dealStream } from '#deals/events/deal-events.js';
import { freshUuid } from '#kernel/ids.js';
import { firstWin, inPass, NO_DEALS, readLeadDeals } from './lead-deals.js';
import { day, LEAD } from './testing/lead-life.js';
import { contextOf, leadsDeps, SYSTEM } from './testing/leads-deps.js';

describe('The deals of a lead', () => {
  async function ledgerWith(...steps: readonly (readonly [deal: string, n: number, type: string, pass?: number])[]) {
    const { store } = leadsDeps();
    for (const [deal, n, type, pass = 1] of steps) {
      const event = {
        ...contextOf(SYSTEM),
        type,
        leadId: LEAD,
        pass,
        occurredAt: day(n),
        eventId: freshUuid(),
        schemaVersion: 1,
        data: {},
      };
      await store.append(dealStream(deal), [event], { expected: 'any' });
    }
    return readLeadDeals(store, LEAD);
  }

  it('are none as long as none was opened', async () => {
    expect(await ledgerWith()).toEqual(NO_DEALS);
  });

  it('make an opportunity, a customer, or are all lost', async () => {
    expect(await ledgerWith(['a', 1, 'deal.opened'])).toMatchObject({ openDeals: 1, customer: false, allLost: false });
    expect(await ledgerWith(['a', 1, 'deal.opened'], ['a', 2, 'deal.won'])).toMatchObject({
      openDeals: 0,
      customer: true,
    });
    expect(await ledgerWith(['a', 1, 'deal.opened'], ['a', 2, 'deal.lost'])).toMatchObject({
      openDeals: 0,
      allLost: true,
    });
    expect(await ledgerWith(['a', 1, 'deal.opened'], ['a', 2, 'deal.lost'], ['b', 3, 'deal.opened'])).toMatchObject({
      allLost: false,
    });
  });

  it('forget a close that was taken back, and a deal that was annulled', async () => {
    expect(await ledgerWith(['a', 1, 'deal.opened'], ['a', 2, 'deal.won'], ['a', 3, 'deal.reopened'])).toMatchObject({
      customer: false,
      openDeals: 1,
    });
    expect(await ledgerWith(['a', 1, 'deal.opened'], ['a', 2, 'deal.annulled'])).toMatchObject({
      openDeals: 0,
      customer: false,
      allLost: false,
    });
  });

  it('are told apart by the pass in which they were opened', async () => {
    const deals = await ledgerWith(['a', 1, 'deal.opened'], ['a', 2, 'deal.won'], ['b', 3, 'deal.opened', 2]);
    expect(inPass(deals, 1)).toMatchObject({ customer: true, openDeals: 0 });
    expect(inPass(deals, 2)).toMatchObject({ customer: false, openDeals: 1 });
  });

  it('know the first win by the day that it occurred', async () => {
    const deals = await ledgerWith(
      ['a', 1, 'deal.opened'],
      ['a', 9, 'deal.won'],
      ['b', 2, 'deal.opened'],
      ['b', 4, 'deal.won'],
    );
    expect(firstWin(deals)).toBe(day(4));
    expect(firstWin(NO_DEALS)).toBeNull();
  });
});
