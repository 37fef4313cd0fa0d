import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runImport } from '#apps/cli/import/run-import.js';
import type { Mapping } from '#imports/mapping/mapping.js';
import { freshUuid } from '#kernel/ids.js';
import type { Benchmark } from './benchmark.js';
import { compare, rateOf } from './support/compare.js';
import { inFlight } from './support/in-flight.js';
import { leadCommands, leadInput } from './support/lead-commands.js';
import { openLedger } from './support/ledger.js';
import { comparedRow } from './support/words.js';

const GOAL = 0.6;
const ROWS = 10_000;

/** Rows of a CSV file, each a lead with an e-mail, against the same leads created in process. */
export const csvImport: Benchmark = {
  name: 'import',
  about: 'import of a CSV against commands in process, 64 in flight',
  async run(settings) {
    let run = 0;
    const fresh = async (): Promise<string> => {
      const folder = join(settings.folder, String(run++));
      mkdirSync(folder);
      return folder;
    };
    const importing = async (): Promise<number> => {
      const folder = await fresh();
      const file = join(folder, 'leads.csv');
      writeFileSync(file, csv());
      const ledger = await openLedger(folder);
      const { eventStore: store, hasher: identity, organisation } = ledger;
      const rate = await rateOf(ROWS, async () => {
        const { rejected } = await runImport(
          { store, identity, organisation },
          { mapping: MAPPING, paths: [file], rejects: join(folder, 'rejects.csv') },
        );
        if (rejected > 0) throw new Error(`${rejected} rows were rejected`);
      });
      await ledger.close();
      rmSync(folder, { recursive: true });
      return rate;
    };
    const commanding = async (): Promise<number> => {
      const folder = await fresh();
      const ledger = await openLedger(folder);
      const { createLead } = leadCommands(ledger);
      const rate = await rateOf(ROWS, () => inFlight(ROWS, 64, (index) => createLead(leadInput(index, true))));
      await ledger.close();
      rmSync(folder, { recursive: true });
      return rate;
    };
    const compared = await compare(importing, commanding, settings);
    return [
      comparedRow(
        'import of a CSV, a lead with an e-mail a row, vs CreateLead in process, 64 in flight',
        'rows',
        compared,
        GOAL,
      ),
    ];
  },
};

const MAPPING: Mapping = {
  format: 1,
  name: 'bench',
  system: 'bench',
  zone: 'UTC',
  files: [
    {
      file: '*.csv',
      records: [
        {
          kind: 'lead',
          id: 'id',
          at: 'created',
          fields: {
            email: 'email',
            firstName: 'first',
            lastName: 'last',
            phone: 'phone',
            company: 'company',
            channel: 'channel',
            source: 'source',
            medium: 'medium',
            campaign: 'campaign',
            content: 'content',
            segment: 'segment',
            country: 'country',
          },
        },
      ],
    },
  ],
};

function csv(): string {
  const lines = ['id,created,email,first,last,phone,company,channel,source,medium,campaign,content,segment,country'];
  for (let row = 0; row < ROWS; row++) {
    const created = new Date(Date.UTC(2025, 0, 1) + row * 60_000).toISOString();
    lines.push(
      `${row},${created},${freshUuid()}@example.com,Ada,Lovelace ${row},+44 20 7946 0000,Analytical Engines Ltd,paid_search,google,cpc,spring,landing-a,small,GB`,
    );
  }
  return `${lines.join('\n')}\n`;
}
