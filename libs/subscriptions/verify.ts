import { isDeepStrictEqual } from 'node:util';
import { START, type Position } from '#kernel/position.js';
import type { GenerationStatus, ReadStore, Stored } from '#read-store/read-store.js';
import { dropAbandoned, runGeneration, statusOf, type RebuildOptions } from './rebuild.js';

export interface ViewVerdict {
  readonly view: string;
  readonly documents: number;
  readonly same: boolean;
  /** Ids of documents that differ, the first hundred. */
  readonly differing: readonly string[];
}

export interface Verdict {
  readonly processor: string;
  /** Documents that had reached this position or less were compared in full. */
  readonly position: Position;
  readonly same: boolean;
  readonly views: readonly ViewVerdict[];
}

/** Builds a fresh generation, compares its documents with the active one's at the same position, and drops it. Others may write meanwhile. */
export async function verify(options: RebuildOptions): Promise<Verdict> {
  const { readStore, processor, lanes } = options;
  const name = processor.processor;
  await readStore.declare(processor, lanes);
  await dropAbandoned(readStore, name);
  const generation = await readStore.begin(name, lanes);
  try {
    await runGeneration({ ...options, generation }, async () => true);
    const fresh = await statusOf(readStore, name, generation);
    const active = await statusOf(readStore, name, (await readStore.active(name)).generation);
    const position = leastOf([fresh, active]);
    const views: ViewVerdict[] = [];
    for (const { view } of processor.views)
      views.push(await compareView(readStore, fresh, active.generation, view, position));
    return { processor: name, position, same: views.every(({ same }) => same), views };
  } finally {
    await readStore.drop(name, generation);
  }
}

const leastOf = (statuses: readonly GenerationStatus[]): Position =>
  statuses
    .flatMap(({ checkpoints }) => checkpoints)
    .reduce<Position>((a, b) => ((b ?? START) < a ? (b ?? START) : a), FURTHEST);
// Beyond every position there can be: the neutral element of "the least of".
const FURTHEST = (2n ** 127n) as Position;

const MENTIONED = 100;

async function compareView(
  readStore: ReadStore,
  { processor, generation }: GenerationStatus,
  active: number,
  view: string,
  position: Position,
): Promise<ViewVerdict> {
  const [mine, theirs] = [
    await readStore.digest(processor, generation, view),
    await readStore.digest(processor, active, view),
  ];
  if (mine.sha256 === theirs.sha256) return { view, documents: mine.documents, same: true, differing: [] };
  const differing: string[] = [];
  for await (const [id, one, other] of pairs(readStore, processor, view, generation, active)) {
    if (!isSame(one, other, position)) differing.push(id);
    if (differing.length >= MENTIONED) break;
  }
  return { view, documents: mine.documents, same: differing.length === 0, differing };
}

/** A document that has moved on beyond the common position on one side cannot be compared, and is no difference. */
function isSame(one: Stored | null, other: Stored | null, position: Position): boolean {
  const [a, b] = [one?.at ?? null, other?.at ?? null];
  if (a === b) return isDeepStrictEqual(one?.document, other?.document);
  return (a ?? START) > position || (b ?? START) > position;
}

type Pair = readonly [id: string, one: Stored | null, other: Stored | null];

/** All documents of both generations side by side, tombstones included where the other side has a document. */
async function* pairs(
  readStore: ReadStore,
  processor: string,
  view: string,
  one: number,
  other: number,
): AsyncGenerator<Pair> {
  for (const [mine, theirs, isSwapped] of [
    [one, other, false],
    [other, one, true],
  ] as const) {
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await readStore.find(processor, mine, view, { limit: 500, cursor });
      const ids = page.items.map(({ id }) => id);
      const found = await readStore.getMany(processor, theirs, view, ids, { tombstones: true });
      const byId = new Map(found.map((stored) => [stored.id, stored]));
      for (const stored of page.items) {
        const peer = byId.get(stored.id) ?? null;
        if (!isSwapped) yield [stored.id, stored, peer];
        // Those that both have were seen in the first pass.
        else if (peer?.document == null) yield [stored.id, peer, stored];
      }
      cursor = page.next;
    }
  }
}
