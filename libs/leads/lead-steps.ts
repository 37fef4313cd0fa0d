import type { StreamEvent } from '#kernel/decider.js';
import type { Actor } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type {
  LeadAcceptedData,
  LeadEvent,
  LeadExitData,
  LeadRecycledData,
  LeadStage,
  MqlQualifiedData,
  SqlQualifiedData,
} from './events/lead-events.js';

export type EnteredStage = 'mql' | 'sal' | 'sql';
export type ExitStage = 'rejected' | 'recycled' | 'disqualified';

/** One standing line of the lead's way: what opened a pass, a stage entered, an exit taken. */
export type Step = Opening | StageStep | ExitStep;

export interface Opening {
  readonly kind: 'opening';
  readonly pass: number;
  readonly revision: number;
  readonly occurredAt: Instant;
}

export interface StageStep {
  readonly kind: 'stage';
  readonly stage: EnteredStage;
  readonly pass: number;
  /** True when this entry itself began the pass (from rejected, recycled or customer). */
  readonly opensPass: boolean;
  readonly revision: number;
  readonly occurredAt: Instant;
  readonly data: MqlQualifiedData | LeadAcceptedData | SqlQualifiedData;
}

export interface ExitStep {
  readonly kind: 'exit';
  readonly stage: ExitStage;
  readonly pass: number;
  readonly revision: number;
  readonly occurredAt: Instant;
  readonly actor: Actor;
  readonly data: LeadExitData | LeadRecycledData;
}

const ENTERED = { 'lead.mql-qualified': 'mql', 'lead.accepted': 'sal', 'lead.sql-qualified': 'sql' } as const;
const LEFT = { 'lead.rejected': 'rejected', 'lead.recycled': 'recycled', 'lead.disqualified': 'disqualified' } as const;
const RANK: Readonly<Record<'lead' | EnteredStage, number>> = { lead: 0, mql: 1, sal: 2, sql: 3 };

/** The standing steps after an event; `passes` is how many passes were ever opened before it. */
export function stepsAfter(steps: readonly Step[], event: StreamEvent<LeadEvent>, passes: number): readonly Step[] {
  const line = { pass: event.pass ?? 1, revision: event.revision, occurredAt: event.occurredAt };
  switch (event.type) {
    case 'lead.created':
      return [...steps, { kind: 'opening', ...line }];
    case 'lead.mql-qualified':
    case 'lead.accepted':
    case 'lead.sql-qualified':
      return [
        ...steps,
        { kind: 'stage', stage: ENTERED[event.type], opensPass: line.pass > passes, ...line, data: event.data },
      ];
    case 'lead.rejected':
    case 'lead.recycled':
    case 'lead.disqualified':
      return [...steps, { kind: 'exit', stage: LEFT[event.type], actor: event.actor, ...line, data: event.data }];
    case 'lead.reopened':
      return event.data.mode === 'correction'
        ? without(steps, event.data.annuls)
        : [...steps, { kind: 'opening', ...line }];
    case 'lead.stage-annulled':
      return without(steps, event.data.annuls);
    default:
      return steps;
  }
}

/** The exit of the pass where there is one, else the furthest stage that was entered in it. */
export function furthestStage(steps: readonly Step[], pass: number): LeadStage {
  return exitOf(steps, pass)?.stage ?? furthestEntry(steps, pass)?.stage ?? 'lead';
}

/** Of two exits of one pass (rejected, then disqualified) the later one counts. */
export function exitOf(steps: readonly Step[], pass: number): ExitStep | null {
  return steps.findLast((step): step is ExitStep => step.kind === 'exit' && step.pass === pass) ?? null;
}

export function entryOf(steps: readonly Step[], pass: number, stage: EnteredStage): StageStep | null {
  return entriesOf(steps, pass).find((step) => step.stage === stage) ?? null;
}

export function furthestEntry(steps: readonly Step[], pass: number): StageStep | null {
  return entriesOf(steps, pass).reduce<StageStep | null>(
    (furthest, step) => (furthest === null || isFurther(step.stage, furthest.stage) ? step : furthest),
    null,
  );
}

/** Whether `stage` lies further down the road than `than`. */
export const isFurther = (stage: EnteredStage, than: 'lead' | EnteredStage): boolean => RANK[stage] > RANK[than];

export function entriesOf(steps: readonly Step[], pass: number): readonly StageStep[] {
  return steps.filter((step): step is StageStep => step.kind === 'stage' && step.pass === pass);
}

const without = (steps: readonly Step[], revision: number | null): readonly Step[] =>
  steps.filter((step) => step.revision !== revision);
