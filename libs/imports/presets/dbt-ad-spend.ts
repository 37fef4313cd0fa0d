import type { Mapping } from '../mapping/mapping.js';

/** Daily ad spend by UTM values, as the attribution playbook of dbt Labs has it (`date_day,utm_source,utm_medium,utm_campaign,spend`), in the currency of the organisation. */
export const dbtAdSpend: Mapping = {
  format: 1,
  name: 'dbt-ad-spend',
  system: 'ad-spend',
  complete: true,
  files: [
    {
      file: '*ad_spend*.csv',
      records: [
        {
          kind: 'spend',
          campaign: 'utm_campaign',
          at: 'date_day',
          // The channel is what the channel rules make of source and medium.
          fields: { source: 'utm_source', medium: 'utm_medium', amount: 'spend' },
        },
      ],
    },
  ],
};
