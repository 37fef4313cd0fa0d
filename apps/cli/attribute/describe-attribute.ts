import { Option, type Command } from 'commander';
import type { ExitCode } from '../exit-code.js';

/** The command line of `concord attribute`; what it does is loaded when it runs. */
export function describeAttribute(program: Command, done: (code: ExitCode) => void): void {
  const list = (text: string, before: string[] = []): string[] => [
    ...before,
    ...text.split(',').map((one) => one.trim()),
  ];
  program
    .command('attribute')
    .description('who gets credit, from CSV files alone: paths with counts, or --touches and --conversions')
    .exitOverride()
    .argument('[paths]', 'a CSV file with a path a row, e.g. search > email > direct')
    .option('--models <names>', 'credit models, side by side (default first-touch,last-touch,linear)', list)
    .optionsGroup('Paths with counts:')
    .option('--path <column>', 'column of the path (default path)')
    .option('--separator <text>', 'between the channels of a path; spaces around it do not count (default >)')
    .option(
      '--conversions <column|file>',
      'column of conversions (default total_conversions); with --touches the file of conversions',
    )
    .option('--value <column>', 'column of value (default total_conversion_value; in a file of conversions: value)')
    .option('--null <column>', 'column of paths that did not convert (default total_null)')
    .optionsGroup('Touches and conversions:')
    .option('--touches <file>', 'touches with the columns person, at, channel and, if you like, campaign and kind')
    .option('--window <days>', 'look back so many calendar days from a conversion, e.g. 30d (default no limit)')
    .addOption(new Option('--by <dimension>', 'who gets credit').choices(['channel', 'campaign']).default('channel'))
    .option('--time-zone <zone>', 'of days and of times without one', 'UTC')
    .option('--date-layout <layout>', 'of dates that are not ISO 8601, e.g. "DD.MM.YYYY HH:mm"')
    .option('--person <column>', 'another name of the column person')
    .option('--at <column>', 'another name of the column at')
    .option('--channel <column>', 'another name of the column channel')
    .option('--campaign <column>', 'another name of the column campaign')
    .option('--kind <column>', 'another name of the column kind')
    .option('--lead-created <column>', 'conversions: when the lead was created (default lead_created, if there)')
    .option(
      '--opportunity <column>',
      'conversions: when the opportunity was created (default opportunity_created, if there)',
    )
    .optionsGroup('Return:')
    .option('--spend <file>', 'spend with the columns date, channel, amount; adds ROAS, ROMI and CPA')
    .option('--date <column>', 'another name of the column date')
    .option('--amount <column>', 'another name of the column amount')
    .optionsGroup('What counts:')
    .option(
      '--transform <names>',
      'exposure (collapse), first, unique, trim:N, remove-if-not-all:CHANNEL, remove-if-last-and-not-all:CHANNEL',
      list,
    )
    .option('--exclude <channels>', 'channels that earn nothing; their credit goes to the others', list)
    .option('--direct <channels>', 'channels that last-non-direct passes over (default direct, (direct))', list)
    .option('--no-nulls', 'leave paths that did not convert out of Markov')
    .optionsGroup('Files and answer:')
    .option('--mapping <file>', 'names of columns by file, and models of your own (JSON)')
    .option('--delimiter <character>', 'between the cells of a row: , ; | tab (default: found by itself)')
    .option('--encoding <label>', 'of the files', 'utf-8')
    .addOption(new Option('--decimal <mark>', 'decimal mark of numbers').choices(['.', ',']).default('.'))
    .option('--rejects <file>', 'where rows that cannot be read go (default: standard error)')
    .addOption(
      new Option('--format <format>', 'how to show the answer').choices(['table', 'csv', 'json']).default('table'),
    )
    .option('--json', 'the same as --format json')
    .action(async (paths: string | undefined, options: AttributeFlags) => {
      const { attributeCommand } = await import('./attribute-command.js');
      done(await attributeCommand(paths, options));
    });
}

/** As commander gives them. */
export interface AttributeFlags {
  readonly models?: readonly string[];
  readonly path?: string;
  readonly separator?: string;
  readonly conversions?: string;
  readonly value?: string;
  readonly null?: string;
  readonly touches?: string;
  readonly window?: string;
  readonly by: 'channel' | 'campaign';
  readonly timeZone: string;
  readonly dateLayout?: string;
  readonly person?: string;
  readonly at?: string;
  readonly channel?: string;
  readonly campaign?: string;
  readonly kind?: string;
  readonly leadCreated?: string;
  readonly opportunity?: string;
  readonly spend?: string;
  readonly date?: string;
  readonly amount?: string;
  readonly transform?: readonly string[];
  readonly exclude?: readonly string[];
  readonly direct?: readonly string[];
  readonly nulls: boolean;
  readonly mapping?: string;
  readonly delimiter?: string;
  readonly encoding: string;
  readonly decimal: '.' | ',';
  readonly rejects?: string;
  readonly format: 'table' | 'csv' | 'json';
  readonly json?: boolean;
}
