import { Command, CommanderError, Option } from 'commander';
import type { KeyOptions } from './access/key-command.js';
import { describeAttribute } from './attribute/describe-attribute.js';
import { EXIT, type ExitCode } from './exit-code.js';
import type { VerifyStatementOptions } from './verify-statement-command.js';

/** Options that several commands share, as commander gives them. */
export interface CommonOptions {
  readonly data?: string;
  readonly url?: string;
  readonly json?: boolean;
  readonly format?: 'table' | 'csv' | 'json';
}

type Env = NodeJS.ProcessEnv;

/**
 * Runs one command line and gives its exit code; everything it says is on standard output (answers) and standard error (progress, failures).
 * What a command needs is loaded when it runs, so that `--help` and a wrong option answer at once.
 */
export async function runProgram(args: readonly string[], env: Env): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = describe(env, (result) => (code = result));
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said what was wrong; help and version are no mistakes.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUsage;
    const { failure } = await import('./failure.js');
    const { line, code: failed } = failure(error, env);
    process.stderr.write(`concord: ${line}\n`);
    return failed;
  }
}

const data = (): Option =>
  new Option('--data <folder>', 'folder of the embedded ledger').env('CONCORD_DATA').default('./data');
const url = (): Option =>
  new Option('--url <address>', 'ask a running server instead, e.g. http://127.0.0.1:3000 (its key in CONCORD_KEY)');
const format = (): Option =>
  new Option('--format <format>', 'how to show the answer').choices(['table', 'csv', 'json']).default('table');
const json = (): Option => new Option('--json', 'the same as --format json');
const noWait = (): Option => new Option('--no-wait', 'do not wait until the read models have reached the last event');

function describe(env: Env, done: (code: ExitCode) => void): Command {
  const program = new Command('concord')
    .description('One shared, replayable ledger of every lead, for marketing and sales.')
    .version(env['CONCORD_PROGRAM_VERSION'] ?? 'unknown', '-v, --version')
    .exitOverride()
    .showSuggestionAfterError()
    .helpCommand(false)
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'concord: ')) });
  const add = (name: string, description: string): Command =>
    program.command(name).description(description).exitOverride().addOption(data());

  for (const [name, description] of PROCESSES) {
    add(name, description)
      .option('--port <port>', 'port to listen on; 0 takes a free one')
      .action(async ({ data, port }: { data: string; port?: string }) => {
        const { processCommand } = await import('./process-command.js');
        const set = { ...env, CONCORD_DATA: data, ...(port === undefined ? {} : { CONCORD_PORT: port }) };
        done(await processCommand(name, set));
      });
  }

  add('import', 'import CSV files: --preset or --mapping, then files or folders')
    .argument('<file...>', 'files, or folders that hold them')
    .addOption(
      new Option('--preset <name>', 'a mapping that Concord knows: olist, maven-crm, dbt-ad-spend').conflicts(
        'mapping',
      ),
    )
    .option('--mapping <file>', 'a mapping of your own (JSON)')
    .option('--dry-run', 'say what would be imported and write nothing')
    .option('--as-history', 'into an empty ledger: record each event when it occurred, so that the past can be asked')
    .option(
      '--rejects <file>',
      'where rows that cannot be imported go (default rejects-<import>.csv beside the first file)',
    )
    .addOption(noWait())
    .addOption(json())
    .action(async (files: string[], options: object) => {
      const { importCommand } = await import('./import/import-command.js');
      done(await importCommand(files, options, env));
    });

  add('imports', 'list past imports')
    .addOption(url())
    .addOption(format())
    .addOption(json())
    .action(async (options: CommonOptions) => {
      const { importsCommand } = await import('./ask/imports-command.js');
      done(await importsCommand(options, env));
    });

  add('export', 'write all events as lines of JSON; personal fields stay encrypted')
    .option('--out <file>', 'a new file (default: standard output)')
    .action(async (options: { data: string; out?: string }) => {
      const { exportCommand } = await import('./export-command.js');
      done(await exportCommand(options, env));
    });

  program
    .command('verify-statement')
    .description('work out bonuses and statements again from a file of "concord export" alone, and say what differs')
    .exitOverride()
    .argument('<export>', 'lines of JSON as "concord export" writes them')
    .option('--plan <id>', 'only statements of this plan')
    .option('--member <handle>', 'only this member’s; with any of these three each line’s arithmetic is shown')
    .option('--period <period>', 'only this period, e.g. 2026-03 or 2026-Q1')
    .addOption(json())
    .action(async (file: string, options: VerifyStatementOptions) => {
      const { verifyStatementCommand } = await import('./verify-statement-command.js');
      done(await verifyStatementCommand(file, options));
    });

  program
    .command('copy')
    .description('carry a ledger over into an empty one of another kind; may be interrupted and run again')
    .exitOverride()
    .requiredOption('--from <place>', 'sqlite:FOLDER or an esdb:// address')
    .requiredOption('--to <place>', 'the same; empty, or the unfinished copy of an earlier run')
    .addOption(json())
    .action(async (options: { from: string; to: string; json?: boolean }) => {
      const { copyCommand } = await import('./copy-command.js');
      done(await copyCommand(options));
    });

  program
    .command('keys')
    .description('keys of personal data: copy')
    .exitOverride()
    .helpCommand(false)
    .command('copy')
    .description('give the keys of personal data to another key store; may be interrupted and run again')
    .exitOverride()
    .requiredOption('--from <place>', 'sqlite:FOLDER or mongodb://HOST/DATABASE')
    .requiredOption('--to <place>', 'the same; one that has drawn no keys of its own')
    .addOption(json())
    .action(async (options: { from: string; to: string; json?: boolean }) => {
      const { copyKeysCommand } = await import('./copy-keys-command.js');
      done(await copyKeysCommand(options));
    });

  add('demo', 'fill an empty ledger with made-up leads that have a past')
    .requiredOption('--leads <number>', 'how many leads')
    .option('--seed <number>', 'another seed is another company; the same seed gives the same events', '1')
    .option('--until <day>', 'when its two years end: a day, or "today"', '2026-01-01')
    .addOption(noWait())
    .addOption(json())
    .action(async (options: object) => {
      const { demoCommand } = await import('./demo/demo-command.js');
      done(await demoCommand(options, env));
    });

  for (const [name, description] of REPORTS) {
    add(name, description)
      .addOption(url())
      .addOption(format())
      .addOption(json())
      .allowUnknownOption()
      .allowExcessArguments()
      .helpOption('-h, --help', 'display help for command')
      .addHelpText('after', REPORT_HELP[name])
      .action(async (options: CommonOptions, command: Command) => {
        const { reportCommand } = await import('./ask/report-command.js');
        done(await reportCommand(name, command.args, options, env));
      });
  }

  add('glossary', 'what every metric, stage and dimension means')
    .argument('[term]', 'only what holds this text')
    .addOption(url())
    .addOption(format())
    .addOption(json())
    .action(async (term: string | undefined, options: CommonOptions) => {
      const { glossaryCommand } = await import('./ask/glossary-command.js');
      done(await glossaryCommand(term, options, env));
    });

  add('lead', "one lead's history: who touched it, when, with what outcome")
    .argument('<id>', 'the lead, by its id')
    .option('--known-at <instant>', 'as the ledger knew it then')
    .addOption(url())
    .addOption(format())
    .addOption(json())
    .action(async (id: string, options: CommonOptions & { knownAt?: string }) => {
      const { leadCommand } = await import('./ask/lead-command.js');
      done(await leadCommand(id, options, env));
    });

  describeAttribute(program, done);

  add('key', 'keys that let people and programs in over HTTP: create, list, revoke')
    .argument('<action>', 'create | list | revoke')
    .argument('[id]', 'the key to revoke')
    .option('--member <handle>', 'create: who acts with it')
    .option('--role <role>', 'create: marketing, sales, head, finance, auditor or admin')
    .option('--team <team>', 'create: the team it acts for while the roster does not know the member')
    .addOption(format())
    .addOption(json())
    .action(async (action: string, id: string | undefined, options: KeyOptions) => {
      const { keyCommand } = await import('./access/key-command.js');
      done(await keyCommand(action, id, options, env));
    });

  add('projection', 'look after the read models: status, rebuild, promote, verify')
    .argument('<action>', 'status | rebuild | promote | verify')
    .argument('[processor]', 'only this one')
    .option(
      '--channel-rules <version>',
      'rebuild figures only: show the past, in figures and credit, as these rules choose channels, or "recorded": as they were chosen',
    )
    .addOption(json())
    .action(async (action: string, processor: string | undefined, options: ProjectionOptions) => {
      const { projectionCommand } = await import('./maintain/projection-command.js');
      done(await projectionCommand(action, processor, options, env));
    });
  return program;
}

export type ProcessName = 'serve' | 'api' | 'projector' | 'relay';

const PROCESSES: readonly (readonly [ProcessName, string])[] = [
  ['serve', 'everything in one process (what npm start does)'],
  ['api', 'HTTP only; a projector beside it keeps the read models current'],
  ['projector', 'keep the read models current; several share the work'],
  ['relay', "the ledger's public events into a Kafka topic"],
];
interface ProjectionOptions {
  readonly data: string;
  readonly json?: boolean;
  readonly channelRules?: string;
}

export type ReportName = 'figures' | 'kpi' | 'funnel' | 'changes' | 'attribution' | 'roi' | 'journeys';

const REPORTS: readonly (readonly [ReportName, string])[] = [
  ['figures', 'any figures by any dimension, e.g. --metrics leads,won --by channel --period 2018-Q1'],
  ['kpi', 'the unified KPI beside its companions'],
  ['funnel', 'how many leads reached each stage'],
  ['changes', 'why a figure changed since a moment: by cause, with the events and leads behind it'],
  ['attribution', 'who gets the credit: models side by side, e.g. --models first-touch,linear,markov-1 --by channel'],
  ['roi', 'what came back for what was spent, under each model: ROAS, ROMI, CAC'],
  ['journeys', 'the most frequent paths of channels to a conversion'],
];

const PERIODS = `
  --period <period>     2026, 2026-Q1, 2026-03, 2026-W10, 2026-03-01, FY2026 (default: all time)
  --from, --to <day>    instead of a period; both included
  --known-at <instant>  as the ledger knew it then, e.g. 2026-03-01T09:30:00Z`;
const MONEY = `
  --money               by channel or campaign: revenue, profit, spend and ROMI beside each row`;
const FILTERS = `
  --<dimension> <value> only these, e.g. --channel email --channel direct; an empty text is "no value"
`;

const CREDIT = `
  --models <models>     first-touch, last-touch, last-non-direct, linear, time-decay-7d, position-40-20-40, u-ft-lc-40-40-20,
                        u-ft-lc-50-50, w-30-30-30-10, full-path-22.5x4-10, markov-1, shapley, or models of your own
  --by <dimensions>     channel (default), campaign, content, source, medium, kind, team, person
  --on <day>            whose day counts: conversion (default) or touch
  --grain <grain>       total, day, week, month, quarter or year`;

const REPORT_HELP: Readonly<Record<ReportName, string>> = {
  figures: `
What to ask ("concord glossary" lists metrics and dimensions):
  --metrics <ids>       e.g. leads,won,revenue,timeToCloseDays
  --by <dimensions>     e.g. channel,owner
  --grain <grain>       total, day, week, month, quarter or year${MONEY}${PERIODS}${FILTERS}`,
  kpi: `
What to ask:${PERIODS}${FILTERS}`,
  funnel: `
What to ask:
  --stages <stages>     of lead,mql,sal,sql,opportunity,won,paying
  --mode <mode>         cohort (default) or period
  --horizon-days <days> count only what was reached within so many days
  --by <dimensions>     e.g. channel,owner${MONEY}${PERIODS}${FILTERS}`,
  changes: `
What to ask:
  --metric <id>         the figure, e.g. won
  --known-from <instant> the earlier moment; the later one is --known-at, or now
  --limit <number>      events shown per cause, those that moved the figure most first (20)${PERIODS}${FILTERS}`,
  attribution: `
What to ask:${CREDIT}${PERIODS}${FILTERS}`,
  roi: `
What to ask:${CREDIT}${PERIODS}${FILTERS}`,
  journeys: `
What to ask:
  --limit <number>      paths shown (20)${PERIODS}
`,
};
