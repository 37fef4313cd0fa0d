import { dimsKey } from '../history/dimensions.js';
import { sameFact, type Fact } from './fact.js';

/** `n` is 1 for a fact that is there now, -1 for one that was there before, times the fact's own. */
export type Emit = (fact: Fact, n: 1 | -1) => void;

/** `after` - `before` as multisets: what is gone, then what is new, each in its list's order. */
export function difference(before: readonly Fact[], after: readonly Fact[], emit: Emit): void {
  const same = commonStart(before, after);
  if (same === before.length) {
    for (let i = same; i < after.length; i++) emit(after[i] as Fact, 1); // within the list
    return;
  }
  const left = before.length - same;
  const came = after.length - same;
  // Comparing each with each allocates least, but grows with the square.
  if (left * came <= 1024) pairwise(before, after, same, emit);
  else counted(before, after, same, emit);
}

/** How many facts at the start are the same: facts are made in a stable order, so that news nearly always stand at the end. */
function commonStart(before: readonly Fact[], after: readonly Fact[]): number {
  const least = Math.min(before.length, after.length);
  let i = 0;
  while (i < least && sameFact(before[i] as Fact, after[i] as Fact)) i++; // within both lists
  return i;
}

function pairwise(before: readonly Fact[], after: readonly Fact[], start: number, emit: Emit): void {
  const matched = new Uint8Array(after.length);
  for (let b = start; b < before.length; b++) {
    const fact = before[b] as Fact; // within the list
    let a = start;
    while (a < after.length && (matched[a] === 1 || !sameFact(fact, after[a] as Fact))) a++; // within the list
    if (a < after.length) matched[a] = 1;
    else emit(fact, -1);
  }
  for (let a = start; a < after.length; a++) if (matched[a] !== 1) emit(after[a] as Fact, 1); // within the list
}

function counted(before: readonly Fact[], after: readonly Fact[], start: number, emit: Emit): void {
  const balance = new Map<string, number>();
  for (let a = start; a < after.length; a++) add(balance, factKey(after[a] as Fact), 1); // within the list
  for (let b = start; b < before.length; b++) {
    const fact = before[b] as Fact; // within the list
    const key = factKey(fact);
    if ((balance.get(key) ?? 0) > 0) add(balance, key, -1);
    else emit(fact, -1);
  }
  // Of several equal facts it is the last that are new.
  const news: Fact[] = [];
  for (let a = after.length - 1; a >= start; a--) {
    const fact = after[a] as Fact; // within the list
    const key = factKey(fact);
    if ((balance.get(key) ?? 0) === 0) continue;
    add(balance, key, -1);
    news.push(fact);
  }
  for (const fact of news.reverse()) emit(fact, 1);
}

const add = (balance: Map<string, number>, key: string, n: number): void =>
  void balance.set(key, (balance.get(key) ?? 0) + n);

export const factKey = (fact: Fact): string =>
  `${fact.metric} ${fact.day} ${fact.n} ${fact.value} ${fact.class} ${dimsKey(fact.dims)}`;
