import { laneOf, laneSlot } from '#event-store/lane.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { START, type Position } from '#kernel/position.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import type { ReadStore } from '#read-store/read-store.js';
import type { LaneProjector, Processor } from '#subscriptions/processor.js';
import { figuresProcessor } from '../blocks/figures-processor.js';

export const UTC_EUR: OrganisationConfiguredData = { timeZone: 'UTC', currency: 'EUR', fiscalYearStart: '01-01' };

export interface ProjectOptions {
  readonly lanes?: number;
  readonly generation?: number;
  /** Events taken between two writes. */
  readonly batch?: number;
  /** Open the projector afresh after every so many writes, as after a crash. */
  readonly reopenEvery?: number;
  readonly organisation?: OrganisationConfiguredData;
  readonly cached?: number;
  /** Another one than that of the figures. */
  readonly processor?: Processor;
  readonly positionsPerEvent?: number;
}

/** Projects told events as the runner would: page by page, lane by lane, going on from the stored checkpoint. */
export async function projectFigures(
  store: ReadStore,
  events: readonly RecordedEvent[],
  options: ProjectOptions = {},
): Promise<void> {
  const { lanes = 1, generation = 1, batch = 7, reopenEvery = Infinity, organisation = UTC_EUR } = options;
  const processor = options.processor ?? figuresProcessor(organisation, { cached: options.cached ?? 2 });
  const { processor: name } = processor.spec;
  await store.declare(processor.spec, lanes);
  const head = events.at(-1)?.position ?? START;
  for (let lane = 0; lane < lanes; lane++) {
    let from = await store.checkpoint(name, generation, lane);
    const open = (): Promise<LaneProjector> =>
      processor.open({ store, generation, lane, lanes, from, positionsPerEvent: options.positionsPerEvent });
    let projector = await open();
    const mine = events.filter(
      (event) =>
        processor.types.has(event.type) &&
        event.position > (from ?? START) &&
        laneOf(laneSlot(event.leadId, event.stream), lanes) === lane,
    );
    for (let start = 0, round = 1; start < mine.length || from !== head; start += batch, round++) {
      const page = mine.slice(start, start + batch);
      await projector.prepare(page);
      for (const event of page) projector.project(event);
      // A page looks further than its last event where the lane has no more.
      const to: Position = start + batch >= mine.length ? head : (page.at(-1)?.position ?? head);
      const { stale, lost } = await store.apply({
        processor: name,
        generation,
        lane,
        from,
        to,
        writes: projector.writes(to),
      });
      if (stale || lost.length > 0) throw new Error(`a batch was refused: ${lost.join(', ')}`);
      from = to;
      if (round % reopenEvery === 0) projector = await open();
    }
  }
}
