import type { BookPlan, Trail } from '../../statements/bonus-book.js';
import type { Statement } from '../../statements/statement.js';

/** Everything that a statement stands on and that came without a key, so that anybody could have said it. */
export function notAuthenticated(
  plan: BookPlan | undefined,
  trail: Trail | undefined,
  { member, lines }: Statement,
): string[] {
  const found: string[] = [];
  const versions = new Set(lines.map(({ planVersion }) => planVersion).filter((version) => version !== null));
  for (const number of [...versions].sort((a, b) => a - b)) {
    const version = plan?.versions.get(number);
    if (version === undefined) continue;
    for (const [as, { by, authenticated }] of version.signatures)
      if (!authenticated) found.push(`signature of ${by} for ${as} on version ${number}`);
    const accepted = plan?.acceptances.get(version.hash)?.get(member);
    if (accepted?.authenticated === false) found.push(`acceptance of version ${number} by ${member}`);
  }
  for (const what of ['drafted', 'approved', 'paid'] as const) {
    const done = trail?.[what] ?? null;
    if (done?.authenticated === false) found.push(`${what} by ${done.by}`);
  }
  for (const { raised, ruled } of trail?.disputes ?? []) {
    if (!raised.authenticated) found.push(`dispute raised by ${raised.by}`);
    if (ruled?.authenticated === false) found.push(`ruling by ${ruled.by}`);
  }
  return found;
}
