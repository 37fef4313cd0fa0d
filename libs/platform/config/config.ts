import { isAbsolute, resolve } from 'node:path';

/** The process's settings; see the configuration table of the documentation. Recorded settings are undefined where unset. */
export interface Config {
  readonly dataFolder: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly timeZone: string | undefined;
  readonly currency: string | undefined;
  /** `MM-DD` */
  readonly fiscalYearStart: string | undefined;
  /** Secret; made at first start and kept in the data folder when unset. */
  readonly identityKey: string | undefined;
  readonly logLevel: LogLevel;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One setting is wrong: the message names the variable, what it got and what it takes, on one line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Nest injection token. */
export const CONFIG = Symbol('Config');

/** Reads the environment once, at start. Throws ConfigError at the first setting that cannot be used. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, cwd: string = process.cwd()): Config {
  one(env, 'CONCORD_LEDGER', 'sqlite', 'sqlite (the embedded ledger)', (text) => (text === 'sqlite' ? text : null));
  one(env, 'CONCORD_READ_STORE', 'sqlite', 'sqlite (the embedded read store)', (text) =>
    text === 'sqlite' ? text : null,
  );
  return {
    dataFolder: one(env, 'CONCORD_DATA', './data', 'the path of a folder', (text) =>
      isAbsolute(text) ? text : resolve(cwd, text),
    ),
    host: one(
      env,
      'CONCORD_HOST',
      '127.0.0.1',
      'a loopback address (127.0.0.1, ::1 or localhost): there is no sign-in yet, so nobody else may reach it',
      loopback,
    ),
    port: one(env, 'CONCORD_PORT', '3000', 'a port from 0 (any free one) to 65535', portOf),
    timeZone: optional(env, 'CONCORD_TIME_ZONE', 'an IANA time zone such as Europe/Berlin', timeZoneOf),
    currency: optional(env, 'CONCORD_CURRENCY', 'an ISO 4217 currency such as EUR', (text) =>
      CURRENCIES.has(text) ? text : null,
    ),
    fiscalYearStart: optional(env, 'CONCORD_FISCAL_YEAR_START', 'a day of the year as MM-DD such as 04-01', dayOfYear),
    identityKey: optional(env, 'CONCORD_IDENTITY_KEY', 'at least 32 characters of secret text', (text) =>
      text.trim().length >= 32 ? text : null,
    ),
    logLevel: one(
      env,
      'CONCORD_LOG_LEVEL',
      'info',
      `one of ${LOG_LEVELS.join(', ')}`,
      (text) => LOG_LEVELS.find((level) => level === text) ?? null,
    ),
  };
}

type Env = Readonly<Record<string, string | undefined>>;

function one<T>(env: Env, name: string, fallback: string, takes: string, read: (text: string) => T | null): T {
  const given = env[name];
  const text = given === undefined || given === '' ? fallback : given;
  const value = read(text);
  if (value === null) throw new ConfigError(`${name} is ${shown(name, text)}; it takes ${takes}`);
  return value;
}

const optional = <T>(env: Env, name: string, takes: string, read: (text: string) => T | null): T | undefined =>
  env[name] === undefined || env[name] === '' ? undefined : one(env, name, '', takes, read);

/** A secret is never shown, not even a wrong one. */
const shown = (name: string, text: string): string =>
  name === 'CONCORD_IDENTITY_KEY' ? `a text of ${text.length} characters` : JSON.stringify(text);

const loopback = (text: string): string | null =>
  text === 'localhost' || text === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(text) ? text : null;

function portOf(text: string): number | null {
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port <= 65_535 ? port : null;
}

function timeZoneOf(text: string): string | null {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text;
  } catch {
    return null;
  }
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** 29 February is no start of a year: three years of four it does not exist. */
function dayOfYear(text: string): string | null {
  const date = /^\d{2}-\d{2}$/.test(text) ? new Date(`2025-${text}T00:00:00Z`) : null;
  return date !== null && !Number.isNaN(date.getTime()) && date.toISOString().slice(5, 10) === text ? text : null;
}
