import { uuidv5, type Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import { arrivalAt } from './arrivals.js';
import { BEGIN, CHANNELS, END, SEGMENTS } from './company.js';
import { plan } from './plan.js';
import { randomOf } from './random.js';
import { play, type StoryAppend } from './scene.js';

export interface Demo {
  readonly leads: number;
  readonly seed: number;
  readonly currency: string;
}

/** One lead's whole story: a pure function of the seed and the lead's number, whoever asks and however often. */
export function storyOf({ leads, seed, currency }: Demo, index: number): readonly StoryAppend[] {
  const random = randomOf(seed, index);
  const createdAt = arrivalAt((index + random.next()) / leads);
  const channel = random.weighted(CHANNELS);
  return play(
    leadIdOf(seed, index),
    currency,
    plan(random, index, createdAt, channel, random.weighted(SEGMENTS), currency),
  );
}

/** Made once for all demos. */
const DEMO = '5b0a3a52-5a5c-5e0c-9f5e-0d5f1a8b7c11' as Uuid; // a UUID by its form
export const leadIdOf = (seed: number, index: number): Uuid => uuidv5(uuidv5(DEMO, String(seed)), String(index));

/** A story's append with its place among those of the same moment. */
export interface Told extends StoryAppend {
  readonly lead: number;
}

/** Appends of about this many events are sorted at a time. */
const WINDOW_EVENTS = 20_000;
const EVENTS_A_LEAD = 10;
/** Stories kept because they go on; others are told anew from their seed. */
const REMEMBERED = 5_000;

/**
 * All stories in the order in which their events were recorded. Time passes in windows: only those of the present window are held, and of leads
 * that go on later just the number, so that memory does not grow with the number of leads.
 */
export function* tellAll(
  demo: Demo,
  { windowEvents = WINDOW_EVENTS, remember = REMEMBERED } = {},
): Generator<readonly Told[]> {
  const windows = Math.max(1, Math.ceil((demo.leads * EVENTS_A_LEAD) / windowEvents));
  const width = (END - BEGIN) / windows;
  const windowOf = (at: Instant): number => Math.min(windows - 1, Math.max(0, Math.floor((at - BEGIN) / width)));
  const goingOn = new Map<number, number[]>();
  const remembered = new Map<number, readonly StoryAppend[]>();
  let next = 0;
  // A lead arrives at its own random share of its slot: the slot's end bounds it.
  const mayArriveBy = (index: number): Instant => arrivalAt(index / demo.leads);

  for (let window = 0; window < windows; window++) {
    const told: Told[] = [];
    const present = goingOn.get(window) ?? [];
    goingOn.delete(window);
    while (next < demo.leads && windowOf(mayArriveBy(next)) <= window) present.push(next++);
    for (const lead of present) {
      const story = remembered.get(lead) ?? storyOf(demo, lead);
      remembered.delete(lead);
      let later: number | null = null;
      for (const append of story) {
        const its = windowOf(append.recordedAt);
        if (its === window) told.push({ ...append, lead });
        else if (its > window) {
          later = its;
          break;
        }
      }
      if (later === null) continue;
      const waiting = goingOn.get(later);
      if (waiting === undefined) goingOn.set(later, [lead]);
      else waiting.push(lead);
      if (remembered.size < remember) remembered.set(lead, story);
    }
    yield told.sort((a, b) => a.recordedAt - b.recordedAt || a.lead - b.lead);
  }
}
