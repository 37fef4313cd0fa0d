import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from '#apps/composition/ledger.js';
import { followLedger } from '#apps/projector/follow-ledger.js';
import { openLanes } from '#apps/projector/lanes.js';
import { DomainError } from '#kernel/errors.js';
import { START, type Position } from '#kernel/position.js';
import { toleratingAbsence } from '#subscriptions/away.js';
import type { Stall } from '#read-store/read-store.js';
import { progressBar } from './output/progress.js';

/** Read models that follow the ledger while a command writes. Where a server runs on the folder it does the work, and this stands by. */
export interface FollowedReadModels {
  /** Resolves when they have reached everything that is in the ledger now. */
  waited(): Promise<void>;
  stop(): Promise<void>;
}

export async function followReadModels(ledger: Ledger): Promise<FollowedReadModels> {
  let broken: Error | null = null;
  const following = await followLedger({
    ...ledger,
    openLane: openLanes(ledger),
    onBroken: (error) => (broken = error instanceof Error ? error : new Error('a projector broke')),
  });
  return {
    async waited() {
      const target = await ledger.eventStore.head();
      const bar = progressBar('read models', { unit: 'events' });
      const ask = toleratingAbsence();
      try {
        for (let broke = 0; ;) {
          const found = await ask(() => reached(ledger, target));
          if (found !== null) bar.update(Number(found.position), Number(target));
          if (found?.isThere === true) {
            const { stall } = found;
            if (stall !== null)
              throw new DomainError(
                'unavailable',
                'READ_MODEL.STALLED',
                `a read model stops at position ${stall.position}: ${stall.reason}`,
              );
            return;
          }
          if (broken !== null && ++broke > MOST_BROKEN) throw broken;
          broken = null;
          await sleep(POLL_MS);
        }
      } finally {
        bar.stop();
      }
    },
    stop: () => following.stop(),
  };
}

const POLL_MS = 20;
/** A lane that breaks is started again; one that keeps breaking will not get there. */
const MOST_BROKEN = 5;

/** Brings the read models to the ledger's head before a question is answered, where nobody else is about to. */
export async function catchUpReadModels(ledger: Ledger): Promise<void> {
  const target = await ledger.eventStore.head();
  const patience = performance.now() + SERVER_PATIENCE_MS;
  while (!(await reached(ledger, target)).isThere) {
    if (performance.now() < patience) {
      await sleep(POLL_MS);
      continue;
    }
    const following = await followReadModels(ledger);
    try {
      await following.waited();
    } finally {
      await following.stop();
    }
    return;
  }
}

/** A server that runs on the folder is behind by milliseconds: no reason to start lanes of one's own. */
const SERVER_PATIENCE_MS = 200;

async function reached(
  { readStore, processors }: Ledger,
  target: Position,
): Promise<{ position: Position; isThere: boolean; stall: Stall | null }> {
  const names = new Set(processors.map(({ spec }) => spec.processor));
  const lanes = (await readStore.status())
    .filter(({ active, processor }) => active && names.has(processor))
    .flatMap(({ checkpoints, stalled }) =>
      checkpoints.map((checkpoint, lane) => ({ at: checkpoint ?? START, stall: stalled[lane] ?? null })),
    );
  const going = lanes.filter(({ stall }) => stall === null);
  const position = going.reduce<Position>((least, { at }) => (at < least ? at : least), target);
  return { position, isThere: position >= target, stall: lanes.find(({ stall }) => stall !== null)?.stall ?? null };
}
