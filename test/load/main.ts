import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark, Row } from './benchmark.js';
import { attribution } from './attribution.js';
import { bonuses } from './bonuses.js';
import { commands } from './commands.js';
import { csvImport } from './csv-import.js';
import { emmettCommands } from './emmett-commands.js';
import { eventStoreDb } from './eventstoredb.js';
import { figures } from './figures.js';
import { http } from './http.js';
import { lanes } from './lanes.js';
import { longLead } from './long-lead.js';
import { mongodbWrites } from './mongodb-writes.js';
import { readAll } from './read-all.js';
import { rebuild } from './rebuild.js';
import { relay } from './relay.js';
import { statements } from './statements.js';
import { visible } from './visible.js';
import { generateLedger } from './support/ledger.js';
import { machine } from './support/machine.js';
import { markdownOf, tableOf } from './support/table.js';

const BENCHMARKS: readonly Benchmark[] = [
  commands,
  emmettCommands,
  http,
  readAll,
  relay,
  rebuild,
  lanes,
  csvImport,
  longLead,
  visible,
  figures,
  mongodbWrites,
  attribution,
  eventStoreDb,
  statements,
  bonuses,
];

const USAGE = `npm run bench [-- NAME ...] [-- --events 1000000] [--large] [--runs 5] [--ledgers FOLDER] [--markdown]

  --events    events of the generated ledger (default 1,000,000)
  --large     measures ten times as many, too
  --runs      pairs of runs, subject and baseline by turns (default 3)
  --ledgers   keeps generated ledgers in this folder and uses those that are there
  --markdown  writes the table into docs/performance.md

${BENCHMARKS.map(({ name, about }) => `  ${name.padEnd(16)}${about}`).join('\n')}
`;

const PAGE = new URL('../../../docs/performance.md', import.meta.url);
/** Where the page has its table. */
const BEGIN = '<!-- table -->';
const END = '<!-- /table -->';

const task = process.env['CONCORD_BENCH'];
if (task === undefined) await runAll(process.argv.slice(2));
else await runOne(JSON.parse(task) as Task); // made below

/** Each benchmark in a process of its own: none warms up, or fills the heap of, another. */
async function runAll(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      events: { type: 'string', default: '1000000' },
      runs: { type: 'string', default: '3' },
      large: { type: 'boolean', default: false },
      ledgers: { type: 'string' },
      markdown: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.filter((name) => !BENCHMARKS.some((one) => one.name === name));
  if (values.help || unknown.length > 0) {
    process.stderr.write(`${unknown.map((name) => `there is no benchmark "${name}"\n`).join('')}${USAGE}`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const temporary = mkdtempSync(join(tmpdir(), 'concord-bench-'));
  try {
    const { large } = values;
    const ledgers = values.ledgers ?? join(temporary, 'ledgers');
    const common = { large, ledgers, events: Number(values.events), runs: Number(values.runs) };
    const chosen = BENCHMARKS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
    const rows: Row[] = [];
    process.stdout.write(`${machine()}\n`);
    for (const { name } of chosen) {
      process.stderr.write(`${name} ...\n`);
      rows.push(...(await runInProcess({ ...common, name })));
    }
    process.stdout.write(`${tableOf(rows)}\n`);
    if (values.markdown) {
      const options = [`--events ${values.events}`, `--runs ${values.runs}`, ...(large ? ['--large'] : [])];
      writeMarkdown(rows, `npm run bench -- ${[...positionals, ...options].join(' ')}`);
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function runInProcess(task: Task): Promise<readonly Row[]> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [], {
      env: { ...process.env, CONCORD_BENCH: JSON.stringify(task) },
      execArgv: [...process.execArgv, '--disable-warning=ExperimentalWarning', '--expose-gc'],
    });
    let rows: readonly Row[] | null = null;
    child.on('message', (message) => (rows = message as readonly Row[])); // sent by runOne
    child.on('exit', (code) => {
      if (rows === null || code !== 0) reject(new Error(`${task.name} ended with code ${code ?? 'none'}`));
      else resolve(rows);
    });
  });
}

async function runOne({ name, events, large, runs, ledgers }: Task): Promise<void> {
  const benchmark = BENCHMARKS.find((one) => one.name === name);
  if (benchmark === undefined) throw new Error(`there is no benchmark ${name}`);
  const folder = mkdtempSync(join(tmpdir(), `concord-bench-${name}-`));
  const say = (text: string): void => void process.stderr.write(`  ${text}\n`);
  const ledgerOf = async (size: number): Promise<string> => {
    const path = join(ledgers, String(size));
    mkdirSync(path, { recursive: true });
    await generateLedger(path, size, say);
    return path;
  };
  try {
    const rows = await benchmark.run({ events, large, folder, ledgerOf, ledgers, runs, say });
    process.send?.(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (process.connected) process.disconnect();
}

interface Task {
  readonly name: string;
  readonly events: number;
  readonly large: boolean;
  readonly runs: number;
  readonly ledgers: string;
}

/** Between the page's marks: the command, the machine, the day, and the table. */
function writeMarkdown(rows: readonly Row[], command: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for the table: ${BEGIN} ... ${END}`);
  const day = new Date().toISOString().slice(0, 10);
  const table = `${BEGIN}\n\n\`${command}\` on ${machine()}, ${day}.\n\n${markdownOf(rows)}\n\n`;
  writeFileSync(PAGE, page.slice(0, from) + table + page.slice(to));
}
