import { refused } from '#kernel/errors.js';

/** Who goes by a name (handle or alias) today; names that nobody has are absent. Looked up by the handler for all names that a command brings. */
export type Holders = ReadonlyMap<string, string>;

/** A name leads to one member: throws `MEMBER.NAME_TAKEN` when another one has it. */
export function assertNamesFree(handle: string, names: readonly string[], holders: Holders): void {
  for (const name of names) {
    const holder = holders.get(name);
    if (holder !== undefined && holder !== handle) {
      throw refused('MEMBER.NAME_TAKEN', `"${name}" is ${holder}'s handle or alias already`, { existing: holder });
    }
  }
}

/** Aliases as they are recorded: each once, in order of the text, without the handle itself. */
export const aliasesOf = (handle: string, aliases: readonly string[]): string[] =>
  [...new Set(aliases)].filter((alias) => alias !== handle).sort();
