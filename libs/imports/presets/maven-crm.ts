import type { Mapping, Value } from '../mapping/mapping.js';

const product: Value = { column: 'product', translate: { GTXPro: 'GTX Pro' } };

/** The Maven "CRM sales opportunities" folder: accounts become leads, opportunities their deals. */
export const mavenCrm: Mapping = {
  format: 1,
  name: 'maven-crm',
  system: 'maven-crm',
  // The last day that the pipeline names: Prospecting rows have no date.
  undatedOn: '2017-12-31',
  complete: true,
  lookups: {
    accounts: { file: 'accounts.csv', key: 'account' },
    products: { file: 'products.csv', key: 'product' },
    teams: { file: 'sales_teams.csv', key: 'sales_agent' },
  },
  files: [
    {
      file: 'sales_teams.csv',
      records: [
        { kind: 'member', handle: 'manager', fields: { role: { constant: 'head' } } },
        { kind: 'member', handle: 'sales_agent', fields: { manager: 'manager' } },
      ],
    },
    {
      file: 'sales_pipeline.csv',
      records: [
        {
          kind: 'lead',
          id: 'account',
          once: true,
          when: [{ value: 'account', filled: true }],
          at: 'engage_date',
          fields: {
            company: 'account',
            'dimension.account': 'account',
            'dimension.sector': { lookup: 'accounts', by: 'account', column: 'sector', required: true },
          },
        },
        {
          kind: 'deal',
          id: 'opportunity_id',
          lead: 'account',
          at: 'engage_date',
          fields: {
            account: 'account',
            product,
            // A closed opportunity is open until its close, in no stage that the file names.
            stage: { column: 'deal_stage', translate: { Won: null, Lost: null } },
            owner: 'sales_agent',
            'dimension.series': { lookup: 'products', by: product, column: 'series', required: true },
            'dimension.manager': { lookup: 'teams', by: 'sales_agent', column: 'manager', required: true },
            'dimension.office': { lookup: 'teams', by: 'sales_agent', column: 'regional_office', required: true },
          },
        },
        {
          kind: 'close',
          deal: 'opportunity_id',
          lead: 'account',
          when: [{ value: 'deal_stage', is: ['Won', 'Lost'] }],
          outcome: { column: 'deal_stage', translate: { Won: 'won', Lost: 'lost' } },
          at: 'close_date',
          fields: {
            value: 'close_value',
            reason: { column: 'deal_stage', translate: { Won: null, Lost: 'other' } },
            note: { column: 'deal_stage', translate: { Won: null, Lost: 'not stated in the file' } },
          },
        },
        {
          kind: 'payment',
          deal: 'opportunity_id',
          lead: 'account',
          when: [{ value: 'deal_stage', is: ['Won'] }],
          at: 'close_date',
          fields: { amount: 'close_value' },
        },
      ],
    },
  ],
};
