import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { upcasterRegistry } from '#event-store/upcasting.js';
import { TEAMS, type Team } from '#kernel/envelope.js';
import type { Json } from '#kernel/json.js';
import { minorText } from '#kernel/money.js';
import { dayText, parseInstant } from '#kernel/time.js';
import { LEAD_UPCASTERS } from '#leads/events/lead-upcasters.js';
import { daysOf } from '#incentives/plan/bonus-period.js';
import type { Statement, StatementLine } from '#incentives/statements/statement.js';
import {
  isVerified,
  verification,
  type ExportedEvent,
  type Verified,
  type VerifiedStatement,
} from '#incentives/verify/verify-statements.js';
import { printJson } from './ask/ask.js';
import { EXIT, UsageError, type ExitCode } from './exit-code.js';
import { countText } from './output/values.js';

export interface VerifyStatementOptions {
  readonly plan?: string;
  readonly member?: string;
  readonly period?: string;
  readonly json?: boolean;
}

/**
 * `concord verify-statement EXPORT`: works out milestones and statements again from the lines of `concord export` alone, without ledger, server or
 * keys, shows the arithmetic and says what differs from what was recorded; then it ends with 1.
 */
export async function verifyStatementCommand(
  file: string,
  { plan, member, period, json }: VerifyStatementOptions,
): Promise<ExitCode> {
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  if (period !== undefined) daysOf(period);
  const work = verification();
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() !== '') work.take(eventOf(text, line));
  }
  const found = work.finish({ planId: plan?.toLowerCase(), member, period });
  const asked = [plan, member, period].some((one) => one !== undefined);
  if (asked && found.statements.length === 0) throw new UsageError('the export holds no such statement');
  if (json === true) printJson({ ...found, verified: isVerified(found) });
  else process.stdout.write(reportOf(found, asked));
  return isVerified(found) ? EXIT.done : EXIT.failed;
}

const UPCASTERS = upcasterRegistry(LEAD_UPCASTERS);

/** Throws a UsageError that names the line. */
function eventOf(text: string, line: number): ExportedEvent {
  const bad = (what: string): UsageError => new UsageError(`line ${line}: ${what}; is it a file of "concord export"?`);
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch {
    throw bad('not JSON');
  }
  if (typeof told !== 'object' || told === null) throw bad('no event');
  const member = (name: string): unknown => (told as Readonly<Record<string, unknown>>)[name];
  const textOf = (name: string): string => {
    const value = member(name);
    if (typeof value !== 'string') throw bad(`"${name}" is missing`);
    return value;
  };
  const [type, occurredAt, position] = [textOf('type'), parseInstant(textOf('time')), Number(textOf('position'))];
  const [revision, version, data, lead] = [
    member('revision'),
    member('schemaversion'),
    member('data'),
    member('leadid'),
  ];
  if (occurredAt === null) throw bad('"time" is no instant');
  if (!Number.isSafeInteger(position)) throw bad('"position" is no position');
  if (typeof revision !== 'number' || typeof version !== 'number')
    throw bad('"revision" or "schemaversion" is missing');
  return {
    ...{ type, occurredAt, position, revision },
    eventId: textOf('id'),
    stream: textOf('subject'),
    leadId: typeof lead === 'string' ? lead : null,
    actor: { id: textOf('actorid'), team: teamOf(textOf('actorteam')) },
    data: () => UPCASTERS.upcast(type, version, data as Json), // parsed from JSON
  };
}

const teamOf = (text: string): Team => TEAMS.find((team) => team === text) ?? 'system';

function reportOf(found: Verified, withLines: boolean): string {
  const { events, gaps, judged, plans, statements } = found;
  const lines = [
    `${countText(events, 'event')} read, ${countText(judged.events, 'bonus event')} judged again, ${countText(statements.length, 'statement')} worked out again`,
  ];
  for (const gap of gaps) lines.push(`DIFFERS: ${gap}`);
  for (const plan of plans) lines.push(`DIFFERS: ${plan}`);
  for (const { leadId, planId, recorded, because } of judged.differences)
    lines.push(`DIFFERS: lead ${leadId} under plan ${planId} (${recorded.join(', ')}): ${because}`);
  for (const { leadId, planId, expected } of judged.pending)
    lines.push(
      `lead ${leadId} under plan ${planId}: not judged yet when this was exported (${countText(expected.length, 'event')} due)`,
    );
  for (const one of statements) lines.push(...statementLines(one, withLines));
  lines.push(isVerified(found) ? 'everything is as it was recorded' : 'NOT everything is as it was recorded');
  return `${lines.join('\n')}\n`;
}

function statementLines({ statement, problems, recordedHash }: VerifiedStatement, withLines: boolean): string[] {
  const { member, period, planId, status, payable, currency, hash } = statement;
  const money = (minor: number): string => `${minorText(minor, currency)} ${currency}`;
  const recorded =
    recordedHash === null ? '' : ` as ${status === 'open' || status === 'drafted' ? 'drafted' : 'approved'}`;
  const head = `${member} ${period}, plan ${planId}: ${status}, payable ${money(payable)}, ${hash.slice(0, 16)}…${problems.length === 0 ? recorded : ''}`;
  return [
    head,
    ...problems.map((problem) => `DIFFERS: ${member} ${period}: ${problem}`),
    ...(withLines ? arithmetic(statement, money) : []),
  ];
}

function arithmetic({ opening, lines, total, closing }: Statement, money: (minor: number) => string): string[] {
  const row = (label: string, minor: number, indent: string): string =>
    `${indent}${label.padEnd(60 - indent.length)}${money(minor).padStart(18)}`;
  return [
    row('left by the period before', opening, '  '),
    ...lines.flatMap((line) => [
      row(titleOf(line), line.granted, '  '),
      ...line.steps.map(({ label, minor }) => row(label, minor, '      ')),
      `      rests on ${[line.eventId, ...line.events].join(', ')}`,
    ]),
    row('total', total, '  '),
    ...(closing < 0 ? [row('goes on to the next period', closing, '  ')] : []),
  ];
}

function titleOf({ kind, leadId, tier, crossing, at }: StatementLine): string {
  const what = leadId === null ? kind : `${kind} "${tier ?? ''}" ${crossing ?? ''}, lead ${leadId.slice(0, 8)}`;
  return `${dayText(Math.floor(at / 86_400_000))} ${what}`;
}
