/**
 * The known texts that somebody who typed `text` may have meant, the nearest first: equal but for case, spaces and signs, else within a third
 * of its length by Damerau-Levenshtein distance (optimal string alignment: https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance), else
 * continuing it. At most `most`.
 */
export function nearMatches(text: string, known: Iterable<string>, most = 3): readonly string[] {
  const typed = plain(text);
  const allowed = Math.max(1, Math.floor(typed.length / 3));
  const found: { readonly one: string; readonly distance: number }[] = [];
  for (const one of known) {
    const own = plain(one);
    if (Math.abs(own.length - typed.length) <= allowed) {
      const distance = editDistance(typed, own);
      if (distance <= allowed) found.push({ one, distance });
    } else if (typed.length >= 3 && own.startsWith(typed)) found.push({ one, distance: own.length });
  }
  return found
    .sort((a, b) => a.distance - b.distance || (a.one < b.one ? -1 : 1))
    .slice(0, most)
    .map(({ one }) => one);
}

/** ` (did you mean "email" or "e-mail"?)`, or nothing. */
export function didYouMean(text: string, known: Iterable<string>): string {
  const near = nearMatches(text, known).map((one) => `"${one}"`);
  return near.length === 0 ? '' : ` (did you mean ${near.join(' or ')}?)`;
}

const plain = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '');

/** Insertions, deletions, substitutions and swaps of neighbours that lead from one text to the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
