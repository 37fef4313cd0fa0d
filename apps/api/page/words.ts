import { instantText } from '#kernel/time.js';
import type { Value } from '#figures/report/values.js';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A figure for people: grouped digits, percentages, money with its currency, a dash where there is none. */
export function figureText(value: Value | undefined, currency: string): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return whole.format(value);
  if (typeof value === 'string') return moneyWords(value, currency);
  if ('numerator' in value) {
    if (typeof value.value === 'string') return moneyWords(value.value, currency);
    return value.value === null ? '–' : percent.format(value.value);
  }
  return value.mean === null ? '–' : `${whole.format(value.mean)} ${value.unit}s`;
}

export const countText = (count: number): string => whole.format(count);

export const shareText = (share: number | null): string => (share === null ? '–' : percent.format(share));

/** Only the whole part is grouped: an amount is never read as a floating-point number. */
export function moneyWords(amount: string, currency: string): string {
  const [, sign = '', digits = '', rest = ''] = /^(-?)(\d+)(.*)$/.exec(amount) ?? [];
  return `${sign === '' ? '' : '−'}${digits.replace(/\B(?=(\d{3})+$)/g, ',')}${rest} ${currency}`;
}

/** `1 Mar 2026, 09:30` in the organisation's time zone. */
export function momentText(instant: string | number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(instant),
  );
}

export const machineText = (instant: string | number): string =>
  typeof instant === 'number' ? instantText(instant) : instant;

const STAGE_NAMES: Readonly<Record<string, string>> = {
  lead: 'Lead',
  mql: 'MQL',
  sal: 'SAL',
  sql: 'SQL',
  opportunity: 'Opportunity',
  won: 'Won',
  paying: 'Paying',
  customer: 'Customer',
  lost: 'Lost',
  rejected: 'Rejected',
  recycled: 'Recycled',
  disqualified: 'Disqualified',
};

export const stageName = (stage: string): string => STAGE_NAMES[stage] ?? stage;
