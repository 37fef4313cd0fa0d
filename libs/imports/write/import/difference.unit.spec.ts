import fc from 'fast-check';
import { dealDifference, leadDifference, writtenDeal, writtenLead } from './difference.js';
import { imported } from './testing/imported.js';
import type { DealValues, LeadValues } from './step.js';

const lead: LeadValues = {
  person: { email: 'a@example.com', firstName: 'Ada', lastName: null, phone: null },
  company: 'Bricks',
  channel: 'email',
  source: null,
  medium: null,
  campaign: null,
  content: null,
  segment: null,
  country: null,
  product: null,
  dimensions: { region: 'north', size: 'small' },
  owner: 'sofia',
};
const deal: DealValues = {
  kind: 'new',
  account: null,
  product: 'team',
  segment: null,
  country: null,
  stage: 'open',
  value: { minor: 100, currency: 'EUR' },
  expectedCloseOn: null,
  owner: 'sofia',
  dimensions: { series: 'A' },
};

describe('The difference of a lead', () => {
  it('does not take back a channel that rules chose, because the source never said it', () => {
    const told = { ...lead, channel: null, source: 'google' };
    const chosen = { ...told, channel: 'search', channelRule: 'channels@1', externalIds: [], ownerTeam: null };
    const written = writtenLead([imported('lead.created', chosen, { step: 'lead', n: 0 })])!;
    expect(leadDifference(written, { ...told, company: 'Engines' }).details).toEqual({ company: 'Engines' });
  });

  it('is nothing where nothing differs', () => {
    expect(leadDifference(lead, { ...lead })).toEqual({ details: null, owner: undefined });
  });

  it('holds the changed fields, parts of a person and dimensions alone', () => {
    const wanted = {
      ...lead,
      channel: 'events',
      person: { ...lead.person!, lastName: 'Byron' },
      dimensions: { region: 'south' },
      owner: null,
    };
    expect(leadDifference(lead, wanted)).toEqual({
      details: { channel: 'events', person: { lastName: 'Byron' }, dimensions: { region: 'south', size: null } },
      owner: null,
    });
  });

  it('is taken from what the source wrote last, not from what others wrote since', () => {
    const written = writtenLead([
      imported(
        'lead.created',
        { ...lead, externalIds: [], ownerTeam: 'sales', channelRule: null },
        { step: 'lead', n: 0 },
      ),
      imported(
        'lead.details-changed',
        { channel: 'events', person: { phone: '1' }, dimensions: { size: null } },
        { step: 'lead', n: 1 },
      ),
      imported('lead.assigned', { owner: 'marek', team: 'sales' }, { step: 'lead', n: 2 }),
    ]);
    expect(written).toEqual({
      ...lead,
      channel: 'events',
      person: { ...lead.person, phone: '1' },
      dimensions: { region: 'north' },
      owner: 'marek',
    });
  });

  it('cannot be told where another source created the lead', () => {
    expect(writtenLead([imported('lead.touched', {}, { step: 'lead', n: 0 })])).toBeNull();
  });

  it('once applied leaves nothing more to do', () => {
    const text = fc.option(fc.constantFrom('a', 'b', 'c'));
    const anyLead = fc
      .record({ channel: text, company: text, owner: text, region: text })
      .map(({ region, ...given }): LeadValues => ({
        ...lead,
        ...given,
        dimensions: region === null ? {} : { region },
      }));
    fc.assert(
      fc.property(anyLead, anyLead, (before, wanted) => {
        const { details, owner } = leadDifference(before, wanted);
        const events = [
          imported('lead.created', { ...before, channelRule: null }, { step: 'lead', n: 0 }),
          ...(details === null ? [] : [imported('lead.details-changed', details, { step: 'lead', n: 1 })]),
          ...(owner === undefined ? [] : [imported('lead.assigned', { owner }, { step: 'lead', n: 2 })]),
        ];
        expect(leadDifference(writtenLead(events)!, wanted)).toEqual({ details: null, owner: undefined });
      }),
    );
  });
});

describe('The difference of a deal', () => {
  it('is what commands can change, and the names of what they cannot', () => {
    const wanted = {
      ...deal,
      value: { minor: 200, currency: 'EUR' },
      stage: 'proposal',
      owner: 'marek',
      segment: 'small',
      dimensions: { series: 'B' },
    };
    expect(dealDifference(deal, wanted)).toEqual({
      amend: { value: { minor: 200, currency: 'EUR' } },
      stage: 'proposal',
      owner: 'marek',
      fixed: ['segment', 'dimension.series'],
    });
  });

  it('is no stage where the row does not tell one', () => {
    expect(dealDifference(deal, { ...deal, stage: null })).toEqual({
      amend: null,
      stage: undefined,
      owner: undefined,
      fixed: [],
    });
  });

  it('is taken from all that the source wrote', () => {
    expect(
      writtenDeal([
        imported('deal.opened', deal, { step: 'deal', n: 0 }),
        imported('deal.amended', { product: 'platform', reason: null }, { step: 'deal', n: 1 }),
        imported(
          'deal.advanced',
          { stage: 'proposal', value: { minor: 300, currency: 'EUR' }, rate: null },
          { step: 'deal', n: 2 },
        ),
        imported('deal.assigned', { owner: null, team: null }, { step: 'deal', n: 3 }),
        imported('deal.won', { value: null }, { step: 'close', n: 0 }),
      ]),
    ).toEqual({ ...deal, product: 'platform', stage: 'proposal', value: { minor: 300, currency: 'EUR' }, owner: null });
  });
});
