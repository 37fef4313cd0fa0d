import { instantText, type Instant } from '#kernel/time.js';
import { normaliseEmail } from '#leads/identity.js';
import type { MemberRoster } from '#members/roster.js';
import { inOrder, type RipeStep } from '#imports/write/import/order.js';
import { rowBatches } from '#imports/write/import/row-batches.js';
import type { MemberDetails, Rejection, Step } from '#imports/write/import/step.js';
import type { Survey } from '#imports/write/import/survey.js';
import { countBatch, countEvents, type Tally } from '#imports/write/import/tally.js';
import { ensureMember } from './join-members.js';
import type { RejectsFile } from './rejects-file.js';
import type { StagingStore } from './staging-store.js';
import type { ImportRun } from './step-place.js';
import { writeSteps, type StepResult } from './step-writer.js';

export interface ImportProgress {
  readonly rows: number;
  readonly of: number;
  readonly rejected: number;
}

/** Leads written at the same time, so that many share one commit. */
const IN_FLIGHT = 256;
/** Staged events that go to the ledger at once. */
const FLUSH = 4_000;

/** One import on its way. */
export interface Work {
  readonly run: ImportRun;
  readonly roster: MemberRoster;
  readonly found: Survey;
  readonly tally: Tally;
  readonly rejects: RejectsFile;
  /** To be flushed as it fills; null where nothing is staged, or nothing may be written. */
  readonly staging: StagingStore | null;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Batch after batch; within one, leads beside each other and each lead's steps in order. */
export async function writeBatches(work: Work): Promise<null> {
  for (const member of work.found.members) {
    countEvents(work.tally, await ensureMember(work.run, work.roster, member, defaultsOf(work)));
  }
  for await (const batch of rowBatches(work.found)) {
    const chains = chainsOf(inOrder(batch.steps));
    const results: StepResult[] = [];
    let next = 0;
    const before = batch.rowsDone - batch.rows;
    const writeOnes = async (): Promise<void> => {
      for (let chain = chains[next++]; chain !== undefined; chain = chains[next++]) {
        results.push(
          ...(await writeSteps(
            work.run,
            chain.map(({ step }) => ({ step })),
          )),
        );
        tell(work, before + Math.floor((batch.rows * next) / (chains.length + 1)));
      }
    };
    await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, chains.length) }, writeOnes));
    settle(work, batch, batch.rejections, results);
    tell(work, batch.rowsDone);
  }
  return null;
}

/** Everything in order of the moment at which it became known, one after the other; gives the last of these moments. */
export async function writeHistory(work: Work): Promise<Instant> {
  const { run, found, tally, staging } = work;
  const now = run.deps.clock();
  const steps: Step[] = [];
  const unreadable: Rejection[] = [];
  let memberRows = 0;
  for await (const batch of rowBatches(found)) {
    steps.push(...batch.steps);
    unreadable.push(...batch.rejections);
    memberRows += batch.memberRows;
  }
  const members = [...found.members];
  const results: StepResult[] = [];
  let moment = found.firstAt ?? now;
  let done = 0;
  const join = async (until: Instant): Promise<void> => {
    for (let member = members[0]; member !== undefined && member.at <= until; member = members[0]) {
      members.shift();
      countEvents(tally, await ensureMember(run, work.roster, member, defaultsOf(work), Math.max(moment, member.at)));
    }
  };
  for (const { step, ripeAt } of inOrder(steps)) {
    done += 1;
    if (ripeAt > now) {
      results.push({ step, events: [], notice: null, rejection: inFuture(step) });
      continue;
    }
    await join(ripeAt);
    moment = Math.max(moment, ripeAt);
    results.push(...(await writeSteps(run, [{ step, recordedAt: ripeAt }])));
    if (staging !== null && staging.staged >= FLUSH) await staging.flush();
    if (done % 256 === 0) tell(work, Math.floor((found.rows * done) / steps.length));
  }
  await join(now);
  const once = new Set<Step>(found.onceLeads.values());
  settle(
    work,
    NO_ROWS,
    [],
    results.filter(({ step }) => once.has(step)),
  );
  settle(
    work,
    { rows: found.rows, memberRows },
    unreadable,
    results.filter(({ step }) => !once.has(step)),
  );
  tell(work, found.rows);
  return moment;
}

const inFuture = ({ ref, occurredAt }: Step): Rejection => ({
  ref,
  column: '',
  code: 'REQUEST.OCCURRED_IN_FUTURE',
  reason: `${instantText(occurredAt)} lies in the future`,
});

/**
 * One lead's steps belong together, as do those of leads with the same e-mail (whose is it, must not depend on who is faster). Deals are
 * written beside each other where nothing else happens to their lead in this batch.
 */
function chainsOf(steps: readonly RipeStep[]): readonly (readonly RipeStep[])[] {
  const keyOfLead = new Map<string, string>();
  const leadOfEmail = new Map<string, string>();
  for (const { step } of steps) {
    if (step.lead === null || 'deal' in step) continue;
    const email = step.kind === 'lead' ? (step.values.person?.email ?? null) : null;
    const key =
      keyOfLead.get(step.lead) ?? (email === null ? undefined : leadOfEmail.get(normaliseEmail(email))) ?? step.lead;
    keyOfLead.set(step.lead, key);
    if (email !== null) leadOfEmail.set(normaliseEmail(email), key);
  }
  const chains = new Map<string, RipeStep[]>();
  for (const ripe of steps) {
    const { step } = ripe;
    const lead = step.lead === null ? undefined : keyOfLead.get(step.lead);
    const key = lead !== undefined ? `lead ${lead}` : ownKey(step);
    const chain = chains.get(key);
    if (chain === undefined) chains.set(key, [ripe]);
    else chain.push(ripe);
  }
  return [...chains.values()];
}

/** Of what has no lead: spend is written campaign by campaign. */
function ownKey(step: Step): string {
  if ('deal' in step) return `deal ${step.deal}`;
  return step.kind === 'spend' ? `spend ${JSON.stringify(step.values.campaign ?? step.values.channel)}` : '';
}

interface Rows {
  readonly rows: number;
  readonly memberRows: number;
}
const NO_ROWS: Rows = { rows: 0, memberRows: 0 };

function settle(work: Work, rows: Rows, unreadable: readonly Rejection[], results: readonly StepResult[]): void {
  countBatch(work.tally, rows, unreadable, results);
  const told = [
    ...unreadable,
    ...results.flatMap(({ rejection, notice }) => [rejection, notice].filter((one) => one !== null)),
  ];
  const place = (rejection: Rejection): number => work.found.files.findIndex(({ name }) => name === rejection.ref.file);
  work.rejects.add(told.sort((a, b) => place(a) - place(b) || a.ref.row - b.ref.row));
}

export function list(work: Work, notices: readonly Rejection[]): void {
  work.tally.listed += notices.length;
  work.rejects.add(notices);
}

const tell = ({ onProgress, found, tally }: Work, rows: number): void =>
  onProgress?.({ rows, of: found.rows, rejected: tally.rejected });

const defaultsOf = ({ found }: Work): MemberDetails => ({
  team: found.mapping.ownerTeam ?? 'sales',
  role: 'member',
  manager: null,
  aliases: [],
});
