import { isDeepStrictEqual } from 'node:util';
import { DomainError, malformed, type FieldError } from '#kernel/errors.js';
import { parseDay } from '#kernel/time.js';
import { occurredAtOf, type Asked, type Said } from '../../asked.js';
import type { MarginEvent, ProductMargin } from '../../events/margin-events.js';
import { percentSteps } from '#kernel/percent.js';
import type { MarginTables } from '../../margins.js';

export interface DefineMargins extends Said {
  readonly effectiveFrom: string;
  readonly margins: readonly ProductMargin[];
  readonly otherwise: string | null;
}

export interface AskedMargins extends Omit<Asked<DefineMargins>, 'currency'> {
  /** What the roster says of the actor; null for somebody it does not know. */
  readonly role: 'member' | 'head' | null;
}

/**
 * DefineMargins: the table's next version, whole, for payments of its first day and later that are recorded from now on; what was recorded
 * keeps its cost. The same table as the latest is nothing to do. Throws `MARGINS.NOT_ALLOWED` (403: finance and heads define them) and
 * `MARGINS.BAD_TABLE` (400, every fault named).
 */
export function defineMargins(asked: AskedMargins, tables: MarginTables): MarginEvent[] {
  const { actor, role, input } = asked;
  if (role !== 'head' && (actor.team === 'marketing' || actor.team === 'sales'))
    throw new DomainError('forbidden', 'MARGINS.NOT_ALLOWED', 'margins are defined by finance and by the heads');
  const occurredAt = occurredAtOf({ ...asked, currency: '' });
  const { effectiveFrom, margins, otherwise } = input;
  const errors = [...faults(input)];
  if (errors.length > 0) throw malformed('MARGINS.BAD_TABLE', errors.map(({ detail }) => detail).join('; '), errors);
  const table = { effectiveFrom, margins, otherwise };
  const latest = tables.at(-1);
  if (
    latest !== undefined &&
    isDeepStrictEqual(table, {
      effectiveFrom: latest.effectiveFrom,
      margins: latest.margins,
      otherwise: latest.otherwise,
    })
  )
    return [];
  const data = { version: (latest?.version ?? 0) + 1, ...table };
  return [{ type: 'definition.margins-defined', occurredAt, leadId: null, pass: null, data }];
}

function* faults({ effectiveFrom, margins, otherwise }: DefineMargins): Iterable<FieldError> {
  const percent = (pointer: string): FieldError => ({
    pointer,
    code: 'PERCENT',
    detail: `${pointer} is decimal text from 0 to 100 with at most four decimals`,
  });
  if (parseDay(effectiveFrom) === null)
    yield { pointer: '/effectiveFrom', code: 'DAY', detail: 'effectiveFrom is a day such as 2026-03-01' };
  if (margins.length === 0 && otherwise === null)
    yield { pointer: '/margins', code: 'EMPTY', detail: 'the table says nothing of any product' };
  if (otherwise !== null && percentSteps(otherwise) === null) yield percent('/otherwise');
  for (const [index, { product, margin }] of margins.entries()) {
    if (percentSteps(margin) === null) yield percent(`/margins/${index}/margin`);
    if (margins.findIndex((one) => one.product === product) !== index)
      yield { pointer: `/margins/${index}/product`, code: 'REPEATED', detail: `"${product}" is listed twice` };
  }
}
