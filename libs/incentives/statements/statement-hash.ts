import { hash } from 'node:crypto';
import type { Statement, StatementLine } from './statement.js';

export type StatementContent = Omit<Statement, 'hash' | 'status' | 'upTo' | 'openDisputes'>;

/**
 * SHA-256 (hex) of the content's canonical JSON: sorted keys, no white space (`canonicalJson` gives the same text, several times as slowly: a
 * year's statements of a hundred people have 15,000 lines). Members are named here in sorted order, which JSON.stringify keeps.
 */
export function statementHash(content: StatementContent): string {
  const { closing, currency, lines, member, opening, payable, period, planId, total } = content;
  const sorted = { closing, currency, lines: lines.map(sortedLine), member, opening, payable, period, planId, total };
  return hash('sha256', JSON.stringify(sorted), 'hex');
}

function sortedLine(line: StatementLine): StatementLine {
  const { at, capped, carried, crossing, earned, eventId, events, forfeited } = line;
  const { granted, held, kind, leadId, planHash, planVersion, steps, tier } = line;
  return {
    ...{ at, capped, carried, crossing, earned, eventId, events, forfeited },
    ...{ granted, held, kind, leadId, planHash, planVersion },
    steps: steps.map(({ label, minor }) => ({ label, minor })),
    tier,
  };
}
