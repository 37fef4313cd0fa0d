import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { openLedger } from '#apps/composition/ledger.js';
import { answerJourneys } from '#attribution/report/journeys.js';
import { answerFigures } from '#figures/report/figures.js';
import { handleDefineChannelRules } from '#campaigns/write/run-channel-rules.js';
import { freshUuid } from '#kernel/ids.js';
import { readConfig } from '#platform/config/config.js';
import { runProgram } from '../program.js';

const folder = mkdtempSync(join(tmpdir(), 'concord-rules-'));
const data = join(folder, 'data');
const config = readConfig({ CONCORD_DATA: data, CONCORD_LOG_LEVEL: 'silent' });
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

async function concord(...args: readonly string[]): Promise<number> {
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((_: unknown, ...rest: unknown[]) => {
      const done = rest.find((one) => typeof one === 'function') as ((error?: Error) => void) | undefined;
      done?.();
      return true;
    }),
  );
  try {
    return await runProgram([...args, '--data', data], { CONCORD_LOG_LEVEL: 'silent' });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

async function leadsByChannel(): Promise<unknown> {
  const ledger = await openLedger(config);
  try {
    const { eventStore, readStore, organisation } = ledger;
    const answer = await answerFigures({ eventStore, readStore, organisation }, { metrics: 'leads', by: 'channel' });
    return Object.fromEntries(answer.rows.map(({ channel, leads }) => [channel, leads]));
  } finally {
    await ledger.close();
  }
}

/** Leads by the path that they have come so far. */
async function journeys(): Promise<unknown> {
  const ledger = await openLedger(config);
  try {
    const { rows } = await answerJourneys(ledger, {});
    return Object.fromEntries(rows.map(({ path, open }) => [path.join(' > '), open]));
  } finally {
    await ledger.close();
  }
}

it('Figures and credit show the past under other channel rules after an explicit rebuild, and as it was recorded after another', async () => {
  const file = join(folder, 'leads.csv');
  writeFileSync(
    file,
    'id,at,source,medium,channel\nL1,2024-01-10,google,cpc,\nL2,2024-01-11,google,organic,\nL3,2024-01-12,google,cpc,given\n',
  );
  const touches = join(folder, 'touches.csv');
  writeFileSync(touches, 'lead,at,medium\nL1,2024-01-20,newsletter\n');
  const mapping = join(folder, 'map.json');
  const fields = { source: 'source', medium: 'medium', channel: 'channel' };
  writeFileSync(
    mapping,
    JSON.stringify({
      format: 1,
      name: 'crm',
      system: 'crm',
      files: [
        { file: 'leads.csv', records: [{ kind: 'lead', id: 'id', at: 'at', fields }] },
        { file: 'touches.csv', records: [{ kind: 'touch', lead: 'lead', at: 'at', fields: { medium: 'medium' } }] },
      ],
    }),
  );
  expect(await concord('import', '--mapping', mapping, file, touches)).toBe(0);
  const recorded = { paid_search: 1, organic_search: 1, given: 1 };
  expect(await leadsByChannel()).toEqual(recorded);
  const come = { 'paid_search > email': 1, organic_search: 1, given: 1 };
  expect(await journeys()).toEqual(come);

  const ledger = await openLedger(config);
  const context = {
    commandId: freshUuid(),
    commandDigest: '',
    correlationId: '',
    causationId: null,
    actor: { id: 'ida', team: 'marketing' as const },
    now: Date.now(),
  };
  await handleDefineChannelRules({ store: ledger.eventStore, roster: ledger.roster }, context, {
    rules: [
      { channel: 'search', source: ['google'] },
      { channel: 'letters', medium: ['newsletter'] },
    ],
  });
  await ledger.close();
  expect(await leadsByChannel()).toEqual(recorded);
  expect(await journeys()).toEqual(come);

  expect(await concord('projection', 'rebuild', 'figures', '--channel-rules', '3')).not.toBe(0);
  expect(await concord('projection', 'rebuild', '--channel-rules', '2')).toBe(2);
  expect(await concord('projection', 'rebuild', 'figures', '--channel-rules', '2')).toBe(0);
  expect(await leadsByChannel()).toEqual({ search: 2, given: 1 });
  expect(await journeys()).toEqual({ 'search > letters': 1, search: 1, given: 1 });
  expect(await concord('projection', 'verify', 'figures')).toBe(0);
  expect(await concord('projection', 'verify', 'attribution')).toBe(0);
  expect(await concord('projection', 'rebuild', 'figures', '--channel-rules', 'recorded')).toBe(0);
  expect(await leadsByChannel()).toEqual(recorded);
  expect(await journeys()).toEqual(come);
}, 60_000);
