import type { Mapping } from '../mapping/mapping.js';

/** The Olist marketing funnel: one file of marketing-qualified leads, one of won deals (their times are UTC). */
export const olist: Mapping = {
  format: 1,
  name: 'olist',
  system: 'olist',
  zone: 'UTC',
  complete: true,
  files: [
    {
      file: '*marketing_qualified_leads*.csv',
      records: [
        {
          kind: 'lead',
          id: 'mql_id',
          at: 'first_contact_date',
          fields: { channel: 'origin', content: 'landing_page_id' },
        },
        { kind: 'stage', lead: 'mql_id', stage: { constant: 'mql' }, at: 'first_contact_date' },
      ],
    },
    {
      file: '*closed_deals*.csv',
      records: [
        {
          // The source knows a deal only by its close.
          kind: 'close',
          deal: 'mql_id',
          lead: 'mql_id',
          outcome: { constant: 'won' },
          at: 'won_date',
          opens: {
            fields: {
              segment: 'business_segment',
              owner: 'sr_id',
              'dimension.sdr': 'sdr_id',
              'dimension.sr': 'sr_id',
              'dimension.businessType': 'business_type',
              'dimension.leadType': 'lead_type',
            },
          },
        },
      ],
    },
  ],
};
