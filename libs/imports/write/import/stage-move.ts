import type { RecordedEvent } from '#kernel/envelope.js';
import type { OwnWrite } from './own-writes.js';
import type { ImportedStage, StageStep } from './step.js';

const STAGE_OF: Readonly<Record<string, ImportedStage>> = {
  'lead.mql-qualified': 'mql',
  'lead.accepted': 'sal',
  'lead.sql-qualified': 'sql',
  'lead.rejected': 'rejected',
  'lead.recycled': 'recycled',
  'lead.disqualified': 'disqualified',
};
const ROAD: readonly ImportedStage[] = ['mql', 'sal', 'sql'];

/** The stage that a source told last, by its own events; null before the first. */
export function lastStage(own: readonly RecordedEvent[]): ImportedStage | null {
  for (const { type } of own.toReversed()) {
    const stage = STAGE_OF[type];
    if (stage !== undefined) return stage;
  }
  return null;
}

/**
 * What to do about a stage that was not written just so before: write it, leave it, or (any other text) list it for that reason.
 * `last` is the source's last write of this very stage, `present` the stage that it told last.
 */
export function stageMove(
  step: StageStep,
  last: OwnWrite | null,
  present: ImportedStage | null,
): 'write' | 'unchanged' | (string & {}) {
  const { stage } = step.values;
  if (!step.present)
    return last === null
      ? 'write'
      : `the ${stage} differs from the one imported before; annul that one by hand if it was wrong`;
  if (present === null) return 'write';
  if (present === stage) return 'unchanged';
  if (!ROAD.includes(present) || !ROAD.includes(stage)) return 'write';
  return ROAD.indexOf(stage) > ROAD.indexOf(present)
    ? 'write'
    : `the lead went back from ${present} to ${stage}; a stage is never taken back by an import`;
}
