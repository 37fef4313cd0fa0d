import { dayReader } from '#imports/mapping/moments.js';
import { numberIn, textIn } from './cells.js';
import type { AttributeFlags } from './describe-attribute.js';
import type { AttributeMapping } from './mapping.js';
import type { BadRows } from './bad-rows.js';
import { defined } from './read-paths.js';
import { columnsOf, NO_CAMPAIGN } from './read-touches.js';
import { BadCell, tableFile } from './table-file.js';

/** Spend by channel, or by campaign, over all days of the file. */
export async function readSpend(
  path: string,
  flags: AttributeFlags,
  mapping: AttributeMapping,
  rejected: BadRows,
): Promise<ReadonlyMap<string, number>> {
  const { date, channel, campaign, amount } = flags;
  const column = columnsOf({ ...mapping.spend, ...defined({ date, channel, campaign, amount }) });
  const file = await tableFile(
    path,
    {
      date: column('date', 'date', true),
      channel: column('channel', 'channel', flags.by === 'channel'),
      campaign: column('campaign', 'campaign', flags.by === 'campaign'),
      amount: column('amount', 'amount', true),
    },
    { flags, rejected },
  );
  const day = dayReader(flags.dateLayout);
  const spend = new Map<string, number>();
  await file.rows((cells, columns) => {
    if (day(textIn(cells.date, columns.date)) === null)
      throw new BadCell(
        columns.date,
        `"${cells.date}" is not a day; 2026-03-01 is, and --date-layout names another layout`,
      );
    const name =
      flags.by === 'channel'
        ? textIn(cells.channel, columns.channel)
        : cells.campaign === ''
          ? NO_CAMPAIGN
          : cells.campaign;
    spend.set(name, (spend.get(name) ?? 0) + numberIn(cells.amount, columns.amount, flags.decimal));
  });
  return spend;
}
