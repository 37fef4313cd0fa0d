import { UsageError } from '../exit-code.js';
import type { Parameters } from './questions.js';

/**
 * What a report is asked, from the options that the command line itself does not know: `--known-at X` and `--knownAt X` are `knownAt`, anything else
 * is a dimension to filter by. Repeating one means "or"; `--money` needs no value. Throws `UsageError`.
 */
export function parametersOf(args: readonly string[]): Parameters {
  const parameters: Record<string, string[]> = {};
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (!arg.startsWith('--')) throw new UsageError(`"${arg}" belongs to no option; see --help`);
    const equals = arg.indexOf('=');
    const option = equals < 0 ? arg : arg.slice(0, equals);
    const next = equals < 0 ? args[index + 1] : arg.slice(equals + 1);
    const alone = next === undefined || (equals < 0 && next.startsWith('--'));
    const value = alone ? FLAGS.get(option) : next;
    if (equals < 0 && !alone) index++;
    if (value === undefined) throw new UsageError(`${option} takes a value`);
    (parameters[nameOf(option.slice(2))] ??= []).push(value);
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

/** What an option means that stands without a value. */
const FLAGS: ReadonlyMap<string, string> = new Map([['--money', 'true']]);

const OPTIONS: Readonly<Record<string, string>> = {
  'known-at': 'knownAt',
  'known-from': 'knownFrom',
  'horizon-days': 'horizonDays',
  'min-position': 'minPosition',
};

const nameOf = (option: string): string => OPTIONS[option] ?? option;
