import { isCaughtUp, type CaughtUp, type EventStore, type LaneFilter, type Page } from '#event-store/event-store.js';
import { START, type Position } from '#kernel/position.js';
import type { Bell } from './bell.js';
import type { LaneWork } from './lane-work.js';

export interface Reading {
  readonly types: readonly string[];
  readonly lane: LaneFilter;
  readonly pageSize: number;
}

/** Works that read the same pages because they stand at the same place. */
interface Convoy {
  works: LaneWork[];
  position: Position | null;
}

/** The convoy at the front follows the subscription. */
interface Front extends Convoy {
  readonly feed: AsyncIterator<Page | CaughtUp>;
  readonly stop: AbortController;
  asked: boolean;
  arrived: IteratorResult<Page | CaughtUp> | null;
  failure: Error | null;
  isLive: boolean;
}

export type Take = (works: readonly LaneWork[], page: Page, isLive: boolean) => Promise<void>;

/**
 * Reads one lane for all works: those at the same place share a page. The front follows the subscription, those behind it read
 * their way up to it a page at a time and join, so nobody waits for one that was reopened, healed or taken over.
 */
export function convoys(eventStore: EventStore, reading: Reading, bell: Bell, take: Take) {
  let front: Front | null = null;
  let behind: Convoy[] = [];

  function start(position: Position | null, works: LaneWork[]): Front {
    const stop = new AbortController();
    const subscription = eventStore.subscribe({ ...reading, after: position ?? undefined, signal: stop.signal });
    const feed = subscription[Symbol.asyncIterator]();
    return { works, position, feed, stop, asked: false, arrived: null, failure: null, isLive: false };
  }

  async function stop(): Promise<void> {
    const stopped = front;
    front = null;
    if (stopped === null) return;
    stopped.stop.abort();
    await stopped.feed.return?.().catch(() => undefined);
  }

  function ask(head: Front): void {
    if (head.asked) return;
    head.asked = true;
    head.feed.next().then(
      (result) => {
        head.arrived = result;
        bell.ring();
      },
      (error: unknown) => {
        head.failure = new Error('the subscription failed', { cause: error });
        bell.ring();
      },
    );
  }

  async function pageOf(convoy: Convoy, upTo: Position): Promise<Page> {
    if ((convoy.position ?? START) < upTo) {
      for await (const page of eventStore.readAll({ ...reading, after: convoy.position ?? undefined, upTo }))
        return page;
    }
    return { events: [], to: upTo };
  }

  async function pass(convoy: Convoy, page: Page, isLive: boolean): Promise<void> {
    await take(convoy.works, page, isLive);
    convoy.position = page.to;
  }

  return {
    /** True when the front has read everything there is. */
    get isLive(): boolean {
      return front?.isLive === true;
    },
    get isCatchingUp(): boolean {
      return behind.length > 0;
    },
    get atFront(): readonly LaneWork[] {
      return front?.works ?? [];
    },

    async join(work: LaneWork): Promise<void> {
      const { position } = work;
      if (front !== null && (position ?? START) > (front.position ?? START)) {
        behind.push({ works: front.works, position: front.position });
        await stop();
      }
      const peer = front?.position === position ? front : behind.find((one) => one.position === position);
      if (front === null) front = start(position, [work]);
      else if (peer === undefined) behind.push({ works: [work], position });
      else peer.works.push(work);
    },

    /** Forgets works that are no longer open, and reads no further when none is left. */
    async leaveClosed(): Promise<void> {
      for (const convoy of [...behind, ...(front === null ? [] : [front])])
        convoy.works = convoy.works.filter((work) => work.isOpen);
      behind = behind.filter((convoy) => convoy.works.length > 0);
      if (front?.works.length === 0 && behind.length === 0) await stop();
    },

    /** One page for each convoy behind the front. */
    async catchUp(): Promise<void> {
      if (front === null) return;
      const upTo = front.position ?? START;
      for (const convoy of behind) {
        const page = await pageOf(convoy, upTo);
        await pass(convoy, page, false);
        if (page.to < upTo) continue;
        front.works.push(...convoy.works);
        convoy.works = [];
      }
      behind = behind.filter((convoy) => convoy.works.length > 0);
    },

    /** Asks for the front's next page and takes it if it has arrived. Throws when the subscription fails; it then begins again. */
    async follow(): Promise<'took' | 'became-live' | 'nothing'> {
      if (front === null) return 'nothing';
      const head = front;
      ask(head);
      const { arrived } = head;
      if (head.failure !== null || arrived?.done === true) {
        await stop();
        front = start(head.position, head.works);
        throw head.failure ?? new Error('the subscription ended');
      }
      if (arrived === null) return 'nothing';
      head.arrived = null;
      head.asked = false;
      const { value } = arrived;
      const hasBecomeLive = isCaughtUp(value) && !head.isLive;
      head.isLive ||= hasBecomeLive;
      await pass(head, isCaughtUp(value) ? { events: [], to: value.to } : value, head.isLive);
      ask(head);
      return hasBecomeLive ? 'became-live' : 'took';
    },

    stop,
  };
}
