import type { Roster } from '#platform/roster.js';

/** The same terms (or other plain data) with handles where they name aliases. */
export async function withHandles<Terms extends object>(roster: Roster, terms: Terms): Promise<Terms> {
  const resolved = async (value: unknown, name: string): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map((item) => resolved(item, name)));
    if (typeof value === 'object' && value !== null) return withHandles(roster, value);
    return typeof value === 'string' && NAMES_OF_MEMBERS.has(name) ? roster.resolve(value) : value;
  };
  const entries = Object.entries(terms).map(async ([name, value]) => [name, await resolved(value, name)] as const);
  return Object.fromEntries(await Promise.all(entries)) as Terms; // the same members; handles are texts as aliases are
}

/** `member` of shares and touches, `members` of payees, `owners` of campaigns, and the signatories by their teams. */
const NAMES_OF_MEMBERS: ReadonlySet<string> = new Set(['member', 'members', 'owners', 'marketing', 'sales', 'finance']);
