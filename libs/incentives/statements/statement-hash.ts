import { hash } from 'node:crypto';
import type { Statement } from './statement.js';

export type StatementContent = Omit<Statement, 'hash' | 'status' | 'upTo' | 'openDisputes'>;

/**
 * SHA-256 (hex) of the content's canonical JSON: sorted keys, no white space (`canonicalJson` gives the same text, several times as slowly: a
 * year's statements of a hundred people have 18,000 lines). Members stand in sorted order here and in every line (`grant.ts`), and JSON.stringify
 * keeps it.
 */
export function statementHash(content: StatementContent): string {
  const { closing, currency, lines, member, opening, payable, period, planId, total } = content;
  const sorted = { closing, currency, lines, member, opening, payable, period, planId, total };
  return hash('sha256', JSON.stringify(sorted), 'hex');
}
