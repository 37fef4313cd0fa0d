import Table from 'cli-table3';

export interface Column {
  readonly name: string;
  readonly align: 'left' | 'right';
}

/**
 * Rows under a heading; a last row apart is the total. In a terminal with lines, elsewhere as plain columns, so that `grep` and `awk` work.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  total: readonly string[] | null = null,
  fancy: boolean = process.stdout.isTTY,
): string {
  const made = new Table({
    head: columns.map(({ name }) => name),
    colAligns: columns.map(({ align }) => align),
    style: {
      head: fancy ? ['bold'] : [],
      border: fancy ? ['grey'] : [],
      compact: true,
      ...(fancy ? {} : { 'padding-left': 0, 'padding-right': 2 }),
    },
    ...(fancy ? {} : { chars: NO_LINES }),
  });
  for (const row of rows) made.push([...row]);
  if (total !== null) made.push([...total]);
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

const NO_LINES = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((name) => [name, '']),
);
