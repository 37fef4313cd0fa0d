import Table from 'cli-table3';
import type { Row } from '../benchmark.js';

const HEADINGS = ['work', 'subject', 'baseline', 'ratio', 'goal', 'met?'];

export function tableOf(rows: readonly Row[]): string {
  const table = new Table({
    head: HEADINGS,
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    colWidths: [46, 20, 20, 18, 12, 6],
  });
  for (const row of rows) table.push(cellsOf(row));
  return table.toString();
}

export function markdownOf(rows: readonly Row[]): string {
  const lines = [HEADINGS, HEADINGS.map(() => '---'), ...rows.map(cellsOf)];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cellsOf({ work, subject, baseline, ratio, goal, met }: Row): string[] {
  const spread = ratio === null ? '' : `${digits(ratio.median)} (${digits(ratio.least)}-${digits(ratio.most)})`;
  return [work, subject, baseline, spread, goal, met === null ? '-' : met ? 'yes' : 'no'];
}

const digits = (ratio: number): string => (ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2));
