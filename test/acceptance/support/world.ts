/** Which engines the stories run on. Stories know nothing of it: they name a data folder, and get processes that work on its ledger. */
export interface World {
  /** The processes that serve one ledger; the first is the one that is asked. */
  readonly processes: readonly string[];
  /** Settings of everything that works on this data folder's ledger. */
  settingsOf(data: string): Promise<Readonly<Record<string, string>>>;
}

const EMBEDDED: World = { processes: ['serve'], settingsOf: async () => ({}) };

let current = EMBEDDED;

export const world = (): World => current;

/** Of all stories in this file, from now on. */
export function liveIn(other: World): void {
  current = other;
}
