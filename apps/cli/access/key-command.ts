import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { newKeyText, ROLES, TEAM_OF_ROLE, type AccessKey, type Role } from '#access/access-key.js';
import type { KeyRegister } from '#access/key-register.js';
import { openLedger } from '#apps/composition/ledger.js';
import { openKeyRegister } from '#apps/composition/stores.js';
import { TEAMS, type Team } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import { instantText } from '#kernel/time.js';
import { readConfig, type Config } from '#platform/config/config.js';
import { formatOf, printJson } from '../ask/ask.js';
import { EXIT, UsageError, type ExitCode } from '../exit-code.js';
import { table } from '../output/table.js';
import type { CommonOptions } from '../program.js';

export interface KeyOptions extends CommonOptions {
  readonly member?: string;
  readonly role?: string;
  readonly team?: string;
}

/** `concord key create | list | revoke`: who may come in over HTTP. Works beside a running server, which sees the change at once. */
export async function keyCommand(
  action: string,
  id: string | undefined,
  options: KeyOptions,
  env: NodeJS.ProcessEnv,
): Promise<ExitCode> {
  const { data } = options;
  const config = readConfig({ ...env, ...(data === undefined ? {} : { CONCORD_DATA: data }) });
  switch (action) {
    case 'create':
      return withRegister(config, (register) => create(register, config, options));
    case 'list':
      return withRegister(config, (register) => list(register, options));
    case 'revoke':
      return withRegister(config, (register) => revoke(register, id));
    default:
      throw new UsageError(`"key ${action}" is no command; it takes create, list or revoke`);
  }
}

async function withRegister(config: Config, work: (register: KeyRegister) => Promise<ExitCode>): Promise<ExitCode> {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const register = await openKeyRegister(config);
  try {
    return await work(register);
  } finally {
    await register.close();
  }
}

/** The key alone goes to standard output, so that a script can keep it; what people need to know goes beside it. */
async function create(register: KeyRegister, config: Config, options: KeyOptions): Promise<ExitCode> {
  const { member, role, team: asked } = wanted(options);
  const known = await memberIn(config, member);
  const team = asked ?? (role === 'head' ? known?.team : undefined) ?? TEAM_OF_ROLE[role];
  const { id, text, hash } = newKeyText();
  const handle = known?.handle ?? member;
  await register.add({
    id,
    hash,
    member: handle,
    role,
    team,
    createdAt: Date.now(),
    lastUsedAt: null,
    revokedAt: null,
  });
  if (options.json === true) printJson({ id, key: text, member: handle, role, team });
  else process.stdout.write(`${text}\n`);
  const notes = [
    `Key ${id} for ${handle} (${role}). It is shown this once; send it as "Authorization: Bearer ck_…".`,
    ...notesOn(handle, role, team, known),
    ...(config.auth === 'keys' ? [] : ['Keys are asked for once the server runs with CONCORD_AUTH=keys.']),
  ];
  process.stderr.write(`${notes.join('\n')}\n`);
  return EXIT.done;
}

function wanted({ member, role, team }: KeyOptions): {
  readonly member: string;
  readonly role: Role;
  readonly team: Team | undefined;
} {
  const handle = member?.trim() ?? '';
  if (handle === '' || handle.length > 255 || /\p{Cc}/u.test(handle))
    throw new UsageError('--member takes the handle of who acts with the key, e.g. --member charles');
  const known = ROLES.find((one) => one === role);
  if (known === undefined) throw new UsageError(`--role takes one of ${ROLES.join(', ')}, not "${role ?? ''}"`);
  const asked = TEAMS.find((one) => one === team);
  if (team !== undefined && asked === undefined)
    throw new UsageError(`--team takes one of ${TEAMS.join(', ')}, not "${team}"`);
  return { member: handle, role: known, team: asked };
}

interface Known {
  readonly handle: string;
  readonly team: Team | null;
  readonly isHead: boolean;
}

/** What the roster says of them today; null: it knows nobody of this name, or there is no ledger yet. */
async function memberIn(config: Config, member: string): Promise<Known | null> {
  const isThere = config.ledgerAddress !== undefined || existsSync(join(config.dataFolder, 'ledger.sqlite'));
  if (!isThere) return null;
  const { roster, close } = await openLedger(config);
  try {
    const handle = await roster.holderOf(member);
    if (handle === null) return null;
    const now = Date.now();
    return { handle, team: await roster.teamAt(handle, now), isHead: (await roster.roleAt(handle, now)) === 'head' };
  } finally {
    await close();
  }
}

function notesOn(handle: string, role: Role, team: Team, known: Known | null): readonly string[] {
  if (known === null)
    return role === 'admin' || role === 'auditor'
      ? []
      : [
          `Nobody in the roster is called ${handle} yet; until then what is recorded with the key counts for the team ${team}.`,
        ];
  if (known.team === null) return [`${handle} has left: the key lets nobody in until they join again.`];
  const own = TEAM_OF_ROLE[role];
  if ((role === 'marketing' || role === 'sales' || role === 'finance') && known.team !== own)
    return [`The roster has ${handle} in ${known.team}: what they record counts for the team ${known.team}.`];
  return role === 'head' && !known.isHead ? [`The roster does not know ${handle} as a head.`] : [];
}

async function list(register: KeyRegister, options: KeyOptions): Promise<ExitCode> {
  const keys = await register.list();
  const format = formatOf(options);
  const moment = (at: number | null): string | null => (at === null ? null : instantText(at));
  const shown = keys.map(({ hash: _hash, createdAt, lastUsedAt, revokedAt, ...key }: AccessKey) => ({
    ...key,
    createdAt: instantText(createdAt),
    lastUsedAt: moment(lastUsedAt),
    revokedAt: moment(revokedAt),
  }));
  const rows = shown.map(({ id, member, role, team, createdAt, lastUsedAt, revokedAt }) => [
    id,
    member,
    role,
    team,
    createdAt,
    lastUsedAt ?? (format === 'csv' ? '' : 'never'),
    revokedAt ?? '',
  ]);
  if (format === 'json') printJson({ items: shown });
  else if (format === 'csv') process.stdout.write(stringify([[...COLUMNS], ...rows], { escape_formulas: true }));
  else if (rows.length === 0) process.stdout.write('There are no keys yet.\n');
  else
    process.stdout.write(
      `${table(
        COLUMNS.map((name) => ({ name, align: 'left' })),
        rows,
      )}\n`,
    );
  return EXIT.done;
}

const COLUMNS = ['id', 'member', 'role', 'team', 'created', 'last used', 'revoked'] as const;

/** Takes the id, or the whole key where that is what somebody has at hand. */
async function revoke(register: KeyRegister, given: string | undefined): Promise<ExitCode> {
  if (given === undefined) throw new UsageError('"key revoke" takes the id of a key; "concord key list" shows them');
  const id = /^ck_([0-9a-z]{12})_/.exec(given)?.[1] ?? given;
  if (!(await register.revoke(id, Date.now())))
    throw new DomainError('not-found', 'ACCESS.KEY_UNKNOWN', 'there is no such key; "concord key list" shows them');
  process.stdout.write(`Key ${id} is revoked.\n`);
  return EXIT.done;
}
