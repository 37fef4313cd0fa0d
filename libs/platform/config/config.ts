import { isIP } from 'node:net';
import { isAbsolute, resolve } from 'node:path';
import { brokerList, serverAddress, withoutCredentials } from './addresses.js';

/** The process's settings; see the configuration table of the documentation. Recorded settings are undefined where unset. */
export interface Config {
  readonly dataFolder: string;
  /** `esdb://…`; undefined: the embedded ledger in the data folder. */
  readonly ledgerAddress: string | undefined;
  /** `mongodb://…/database`; undefined: the embedded read store in the data folder. */
  readonly readStoreAddress: string | undefined;
  /** `mongodb://…/database`; undefined: the key file in the data folder. */
  readonly keysAddress: string | undefined;
  readonly host: string;
  /** `keys`: only holders of access keys come in. `off`: whoever reaches the port may do everything, so only this machine does. */
  readonly auth: 'off' | 'keys';
  /** 0: any free port. */
  readonly port: number;
  readonly timeZone: string | undefined;
  readonly currency: string | undefined;
  /** `MM-DD` */
  readonly fiscalYearStart: string | undefined;
  /** Secret; made at first start and kept in the data folder when unset. */
  readonly identityKey: string | undefined;
  /** Lanes of a generation that begins; undefined: as many as suit this machine. */
  readonly lanes: number | undefined;
  readonly topic: TopicConfig;
  /** How long starting waits for servers that do not answer yet, s. */
  readonly startWaitSeconds: number;
  readonly logLevel: LogLevel;
}

/** Where the relay publishes. */
export interface TopicConfig {
  /** `host:port`; undefined: nothing is published. */
  readonly brokers: readonly string[] | undefined;
  readonly name: string;
  /** Fixed for the life of a topic. */
  readonly partitions: number;
  /** Copies of every record, for a topic that is made. */
  readonly replicas: number;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One setting is wrong: the message names the variable, what it got and what it takes, on one line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Nest injection token. */
export const CONFIG = Symbol('Config');

/** What the processes differ in. */
export interface ConfigUse {
  /** Where CONCORD_PORT is unset. */
  readonly port: number;
  /** Only health and metrics are served, which tell nothing about anybody: others may reach them. */
  readonly operationsOnly?: boolean;
}

/** Reads the environment once, at start. Throws ConfigError at the first setting that cannot be used. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string = process.cwd(),
  { port, operationsOnly = false }: ConfigUse = { port: 3_000 },
): Config {
  const auth = one(env, 'CONCORD_AUTH', 'off', 'off, or keys (made by "concord key create")', (text) =>
    text === 'off' || text === 'keys' ? text : null,
  );
  const isOpen = operationsOnly || auth === 'keys';
  return {
    auth,
    ledgerAddress: engine(env, 'CONCORD_LEDGER', 'an esdb://host:port address', (text) =>
      serverAddress(text, ['esdb', 'esdb+discover']),
    ),
    readStoreAddress: engine(env, 'CONCORD_READ_STORE', 'a mongodb://host:port/database address', mongoAddress),
    keysAddress: engine(env, 'CONCORD_KEYS', 'a mongodb://host:port/database address', mongoAddress),
    dataFolder: one(env, 'CONCORD_DATA', './data', 'the path of a folder', (text) =>
      isAbsolute(text) ? text : resolve(cwd, text),
    ),
    host: one(
      env,
      'CONCORD_HOST',
      '127.0.0.1',
      isOpen
        ? 'an IP address of this machine, 0.0.0.0 and :: (all of them) included'
        : 'a loopback address (127.0.0.1, ::1 or localhost): there is no sign-in, so nobody else may reach it; CONCORD_AUTH=keys turns it on',
      isOpen ? (text) => (isIP(text) > 0 ? text : loopback(text)) : loopback,
    ),
    port: one(env, 'CONCORD_PORT', String(port), 'a port from 0 (any free one) to 65535', wholeNumber(0, 65_535)),
    timeZone: optional(env, 'CONCORD_TIME_ZONE', 'an IANA time zone such as Europe/Berlin', timeZoneOf),
    currency: optional(env, 'CONCORD_CURRENCY', 'an ISO 4217 currency such as EUR', (text) =>
      CURRENCIES.has(text) ? text : null,
    ),
    fiscalYearStart: optional(env, 'CONCORD_FISCAL_YEAR_START', 'a day of the year as MM-DD such as 04-01', dayOfYear),
    identityKey: optional(env, 'CONCORD_IDENTITY_KEY', 'at least 32 characters of secret text', (text) =>
      text.trim().length >= 32 ? text : null,
    ),
    lanes: optional(env, 'CONCORD_LANES', `a number of lanes from 1 to ${MOST_LANES}`, wholeNumber(1, MOST_LANES)),
    topic: {
      brokers: optional(env, 'CONCORD_KAFKA_BROKERS', 'host:port of one or more brokers, with commas', brokerList),
      name: one(env, 'CONCORD_TOPIC', 'concord.events', 'letters, digits, ".", "_" and "-", at most 249', (text) =>
        /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/.test(text) ? text : null,
      ),
      partitions: one(env, 'CONCORD_TOPIC_PARTITIONS', '12', 'a number from 1 to 1000', wholeNumber(1, 1_000)),
      replicas: one(env, 'CONCORD_TOPIC_REPLICAS', '3', 'a number from 1 to 15', wholeNumber(1, 15)),
    },
    startWaitSeconds: one(env, 'CONCORD_START_WAIT', '60', 'a number of seconds from 0 to 3600', wholeNumber(0, 3_600)),
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

/** `sqlite` stands for the embedded engine and is the same as nothing. */
const engine = (env: Env, name: string, takes: string, read: (text: string) => string | null): string | undefined =>
  env[name] === 'sqlite' ? undefined : optional(env, name, `sqlite (in the data folder) or ${takes}`, read);

const mongoAddress = (text: string): string | null =>
  serverAddress(text, ['mongodb', 'mongodb+srv'], { database: true });

/** A secret is never shown, not even a wrong one. */
const shown = (name: string, text: string): string =>
  name === 'CONCORD_IDENTITY_KEY' ? `a text of ${text.length} characters` : JSON.stringify(withoutCredentials(text));

const MOST_LANES = 64;

const loopback = (text: string): string | null =>
  text === 'localhost' || text === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(text) ? text : null;

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number | null => {
    const value = Number(text);
    return /^\d{1,9}$/.test(text) && value >= least && value <= most ? value : null;
  };

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
