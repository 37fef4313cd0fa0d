import { pathTable, type PathOutcome, type PathTable } from '../credit-models/path-table.js';
import type { Touch, TouchPath } from '../credit-models/touch-path.js';

/** `[['A > B', 4, 100, 1]]`: path, conversions, value, nulls. */
export type Line = readonly [path: string, conversions: number, value?: number, nulls?: number];

export function tableOf(...lines: readonly Line[]): PathTable {
  const builder = pathTable();
  for (const [path, conversions, value = 0, nulls = 0] of lines) {
    const outcome: PathOutcome = { conversions, value, nulls };
    builder.add(orderOnly(path === '' ? [] : path.split(' > ')), outcome);
  }
  return builder.build();
}

export const orderOnly = (channels: readonly string[]): TouchPath => ({
  touches: channels.map((channel) => ({ channel, at: null, kind: null })),
  closedAt: null,
  leadCreatedAt: null,
  opportunityAt: null,
});

export const MS_PER_DAY = 86_400_000;
export const CLOSE = Date.UTC(2026, 2, 31, 12);

/** A touch so many days before `CLOSE`. */
export const touch = (channel: string, daysBefore: number, kind: string | null = null): Touch => ({
  channel,
  kind,
  at: CLOSE - daysBefore * MS_PER_DAY,
});

/** Numbers by channel name. */
export const byChannel = ({ channels }: PathTable, numbers: Float64Array): Record<string, number> =>
  Object.fromEntries(channels.map((name, number) => [name, numbers[number] ?? 0]));
