import { stringify } from 'csv-stringify/sync';
import type { LeadAnswer } from '#leads/read/lead/answer-lead.js';
import type { TimelineAnswer, TimelineItem } from '#leads/read/lead-timeline/answer-timeline.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { table } from '../output/table.js';
import type { CommonOptions } from '../program.js';
import { ask, formatOf, printJson } from './ask.js';
import type { Parameters } from './questions.js';

/** `concord lead ID`: who touched it, when, from which team, with what outcome. */
export async function leadCommand(
  id: string,
  options: CommonOptions & { readonly knownAt?: string },
  env: NodeJS.ProcessEnv,
): Promise<ExitCode> {
  const parameters: Parameters = options.knownAt === undefined ? {} : { knownAt: options.knownAt };
  const format = formatOf(options);
  await ask(options, env, async (questions) => {
    const timeline = await questions.timeline(id, parameters);
    if (format === 'json') printJson(timeline);
    else if (format === 'csv') process.stdout.write(timelineCsv(timeline));
    else process.stdout.write(`${heading(await questions.lead(id, parameters))}\n${timelineTable(timeline)}\n`);
  });
  return EXIT.done;
}

const COLUMNS = ['occurred', 'what', 'who', 'team', 'pass', 'details', 'recorded', 'event'] as const;

const cellsOf = (item: TimelineItem): string[] => [
  toSecond(item.occurredAt),
  item.type,
  memberOf(item) ?? item.actor.id,
  teamOf(item) ?? item.actor.team,
  item.pass === null ? '' : String(item.pass),
  detailsText(item.data),
  toSecond(item.recordedAt),
  item.eventId,
];

const toSecond = (instant: string): string => instant.replace(/\.\d+Z$/, 'Z');

/** For people: what was recorded as it happened does not say when twice, and a line stays a line. */
function shortened([
  occurred = '',
  what = '',
  who = '',
  team = '',
  pass = '',
  details = '',
  recorded = '',
  event = '',
]: string[]): string[] {
  return [
    occurred,
    what,
    who,
    team,
    pass,
    details.length > MOST_DETAILS ? `${details.slice(0, MOST_DETAILS - 1)}…` : details,
    recorded === occurred ? '' : recorded,
    event,
  ];
}
const MOST_DETAILS = 96;

/** Who touched, where an import or a system has written it down. */
function memberOf({ data }: TimelineItem): string | null {
  const member = data instanceof Object && 'member' in data ? data.member : null;
  return typeof member === 'string' ? member : null;
}

/** The team that they were in then. */
function teamOf({ data }: TimelineItem): string | null {
  const isTouch = data instanceof Object && 'member' in data && 'team' in data;
  return isTouch && typeof data.team === 'string' ? data.team : null;
}

const timelineTable = ({ items }: TimelineAnswer): string =>
  table(
    COLUMNS.map((name) => ({ name, align: name === 'pass' ? 'right' : 'left' })),
    [...items]
      .sort((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt))
      .map(cellsOf)
      .map(shortened),
  );

const timelineCsv = ({ items }: TimelineAnswer): string =>
  stringify([[...COLUMNS], ...items.map(cellsOf)], { escape_formulas: true });

function heading(lead: LeadAnswer): string {
  const name = [lead.person?.firstName, lead.person?.lastName].filter((part) => part != null).join(' ');
  const who = [name, lead.person?.email, lead.company].filter((part) => part != null && part !== '').join(', ');
  return `${who === '' ? lead.id : who} · ${lead.stage}, pass ${lead.pass}${lead.channel === null ? '' : ` · came in by ${lead.channel}`}${lead.owner === null ? '' : ` · owner ${lead.owner}`}`;
}

/** The members that hold something, in a line. */
function detailsText(data: unknown, deep = false): string {
  if (typeof data !== 'object' || data === null)
    return typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean' ? String(data) : '';
  if ('amount' in data && 'currency' in data) return `${String(data.amount)} ${String(data.currency)}`;
  const parts = Object.entries(data)
    .filter(([name]) => !HIDDEN.has(name))
    .map(([name, value]) => [name, detailsText(value, true)] as const)
    .filter(([, text]) => text !== '' && text !== 'false')
    .map(([name, text]) => (Array.isArray(data) ? text : `${name} ${text}`));
  return deep ? parts.join(' ') : parts.join(' · ');
}

/** Shown in columns of their own, or of no use to people. */
const HIDDEN: ReadonlySet<string> = new Set([
  'touchId',
  'paymentId',
  'refundId',
  'member',
  'team',
  'ownerTeam',
  'channelRule',
  'person',
]);
