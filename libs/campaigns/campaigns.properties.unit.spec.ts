import fc from 'fast-check';
import type { StreamEvent } from '#kernel/decider.js';
import { DomainError } from '#kernel/errors.js';
import { evolveCampaign, initialCampaign, ownersOn, type CampaignState } from './campaign.js';
import type { CampaignEvent } from './events/campaign-events.js';
import type { SpendEvent } from './events/spend-events.js';
import { evolveSpend, initialSpend, type SpendState } from './spend.js';
import { asked, askedSpend, campaignAfter, defined, eur, IDA, ownersChanged, SPEND } from './testing/campaign-life.js';
import { changeOwners } from './write/change-owners/change-owners.js';
import { correctSpend } from './write/correct-spend/correct-spend.js';
import { defineCampaign } from './write/define-campaign/define-campaign.js';
import { endCampaign } from './write/end-campaign/end-campaign.js';
import { recordSpend } from './write/record-spend/record-spend.js';

const day = fc.integer({ min: 1, max: 12 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`);
const owners = fc.array(fc.constantFrom('ida', 'tom', 'zoe'), { maxLength: 3 });
const campaignStep = fc.oneof(
  fc
    .record({ name: fc.constant('spring'), channel: fc.constantFrom('ads', null), owners, startOn: day })
    .map((input) => (campaign: CampaignState) => defineCampaign(asked(input), campaign)),
  fc.record({ owners, from: day }).map((input) => (campaign: CampaignState) => changeOwners(asked(input), campaign)),
  fc.record({ on: day }).map((input) => (campaign: CampaignState) => endCampaign(asked(input), campaign)),
);
const amount = fc.integer({ min: 0, max: 500 }).map(eur);
const spendId = fc.constantFrom('s1', 's2', 's3');
const spendStep = fc.oneof(
  fc
    .record({ spendId, amount })
    .map((input) => (state: SpendState) => recordSpend(askedSpend({ ...SPEND, ...input }), state)),
  fc
    .record({ spendId, amount, clicks: fc.option(fc.nat(9), { nil: undefined }), reason: fc.constant(null) })
    .map((input) => (state: SpendState) => correctSpend(askedSpend(input), state)),
);

/** Calls back with each decision that was not refused, and the state after it. */
function live<State, Event>(
  steps: readonly ((state: State) => readonly Event[])[],
  initial: State,
  evolve: (state: State, event: Event, revision: number) => State,
  after: (decide: (state: State) => readonly Event[], events: readonly Event[], state: State) => void,
): void {
  let state = initial;
  let events: readonly Event[] = [];
  for (const decide of steps) {
    let decided: readonly Event[];
    try {
      decided = decide(state);
    } catch (error) {
      if (error instanceof DomainError) continue;
      throw error;
    }
    for (const event of decided) {
      state = evolve(state, event, events.length);
      events = [...events, event];
    }
    after(decide, events, state);
  }
}
const fold = (state: CampaignState, event: CampaignEvent, revision: number): CampaignState =>
  evolveCampaign(state, { ...event, revision, actor: IDA } satisfies StreamEvent<CampaignEvent>);
const foldSpend = (state: SpendState, event: SpendEvent, revision: number): SpendState =>
  evolveSpend(state, { ...event, revision, actor: IDA } satisfies StreamEvent<SpendEvent>);

describe('Any sequence of commands on a campaign', () => {
  it('records nothing when a command is run again at once', () => {
    fc.assert(
      fc.property(fc.array(campaignStep, { maxLength: 12 }), (steps) => {
        live(steps, initialCampaign, fold, (decide, _, state) => expect(decide(state)).toEqual([]));
      }),
    );
  });

  it('keeps ownerships in order of their days', () => {
    fc.assert(
      fc.property(fc.array(campaignStep, { maxLength: 12 }), (steps) => {
        live(steps, initialCampaign, fold, (_decide, _events, { ownerships }) => {
          const days = ownerships.map(({ from }) => from);
          expect(days).toEqual([...days].sort());
        });
      }),
    );
  });
});

describe('Any sequence of commands on spend', () => {
  it('records nothing when a command is run again at once', () => {
    fc.assert(
      fc.property(fc.array(spendStep, { maxLength: 15 }), (steps) => {
        live(steps, initialSpend, foldSpend, (decide, _, state) => expect(decide(state)).toEqual([]));
      }),
    );
  });

  it('leaves of each spend what was said last', () => {
    fc.assert(
      fc.property(fc.array(spendStep, { maxLength: 15 }), (steps) => {
        live(steps, initialSpend, foldSpend, (_, events, state) => {
          const last = new Map(events.map(({ data }) => [data.spendId, data.amount.minor]));
          expect(new Map(state.map(({ data }) => [data.spendId, data.amount.minor]))).toEqual(last);
        });
      }),
    );
  });
});

describe('The owners of a campaign', () => {
  it('on a day are the last ones from that day or before, and before the first day the first ones', () => {
    const campaign = campaignAfter(
      defined({ owners: ['ida'], startOn: '2026-03-02' }),
      ownersChanged('2026-03-08', ['tom']),
      ownersChanged('2026-03-05', ['zoe']),
      ownersChanged('2026-03-05', ['uma']),
    );
    const days = ['2026-02-01', '2026-03-02', '2026-03-04', '2026-03-05', '2026-03-07', '2026-03-08', '2027-01-01'];
    expect(days.map((one) => ownersOn(campaign, one)[0])).toEqual(['ida', 'ida', 'ida', 'uma', 'uma', 'tom', 'tom']);
    expect(ownersOn(initialCampaign, '2026-03-02')).toEqual([]);
  });
});
