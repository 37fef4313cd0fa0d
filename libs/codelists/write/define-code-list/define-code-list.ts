import { DomainError, malformed, refused } from '#kernel/errors.js';
import { assertNotInFuture, type Instant } from '#kernel/time.js';
import type { CodeListName, ListedCode, CodeListEvent } from '../../events/code-list-events.js';
import { sameCodes, standing, type CodeListState } from '../../code-list.js';

export interface DefineCodeList {
  readonly occurredAt?: Instant;
  readonly codes: readonly ListedCode[];
}

export interface AskedToDefine {
  readonly name: CodeListName;
  /** What the roster says of the actor, null for somebody it does not know. */
  readonly role: 'member' | 'head' | null;
  readonly now: Instant;
  readonly input: DefineCodeList;
}

/**
 * DefineCodeList: the list's next version, whole; the same codes again are nothing to do. Throws `CODELIST.NOT_ALLOWED` (403: a list is kept by
 * the heads), `CODELIST.CODE_TWICE`, `CODELIST.EMPTY` (400), `CODELIST.CODE_DROPPED` (409: history would lose its words; retire it instead).
 */
export function defineCodeList(asked: AskedToDefine, state: CodeListState): CodeListEvent[] {
  const { name, role, now, input } = asked;
  if (role === 'member') {
    throw new DomainError('forbidden', 'CODELIST.NOT_ALLOWED', 'the lists are kept by the heads of the teams');
  }
  const occurredAt = input.occurredAt ?? now;
  assertNotInFuture(occurredAt, now);
  const { codes } = input;
  const seen = new Set<string>();
  for (const { code } of codes) {
    if (seen.has(code)) throw malformed('CODELIST.CODE_TWICE', `the code "${code}" stands twice in the list`);
    seen.add(code);
  }
  if (codes.every(({ retired }) => retired)) {
    throw malformed('CODELIST.EMPTY', 'a list needs at least one code that is not retired');
  }
  const before = standing(state);
  const dropped = before.codes.filter(({ code }) => !seen.has(code));
  if (dropped.length > 0) {
    const names = dropped.map(({ code }) => code).join(', ');
    throw refused('CODELIST.CODE_DROPPED', `${names} was in use and is missing; list it with "retired": true`);
  }
  if (before.definedAt !== null && sameCodes(before.codes, codes)) return [];
  const data = { name, version: before.version + 1, codes };
  return [{ type: 'codelist.defined', leadId: null, pass: null, occurredAt, data }];
}
