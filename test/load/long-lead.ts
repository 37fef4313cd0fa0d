import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stamp } from '#event-store/run-decider.js';
import { freshUuid, type Uuid } from '#kernel/ids.js';
import { positionOf, type Position } from '#kernel/position.js';
import { leadStream, type LeadTouchedData } from '#leads/events/lead-events.js';
import { catchUp } from '#subscriptions/catch-up.js';
import type { LaneProjector } from '#subscriptions/processor.js';
import type { Benchmark } from './benchmark.js';
import { compare } from './support/compare.js';
import { inFlight } from './support/in-flight.js';
import { leadCommands, leadInput } from './support/lead-commands.js';
import { openLedger } from './support/ledger.js';
import { comparedRow } from './support/words.js';

const GOAL = 0.3;
const FEW = 10;
const MANY = 10_000;
/** Touches projected a run, each by itself: loaded, folded by every processor, written. */
const TOUCHES = 300;
const DAY_MS = 86_400_000;

/** What one more touch costs to project on a lead that has thousands, against one that has ten. */
export const longLead: Benchmark = {
  name: 'long-lead',
  about: 'a touch projected on a lead with 10,000 touches against one with 10',
  async run(settings) {
    const short = await sideOf(join(settings.folder, 'short'), TOUCHES, FEW);
    const long = await sideOf(join(settings.folder, 'long'), 1, MANY);
    const compared = await compare(long.project, short.project, settings);
    await short.close();
    await long.close();
    const work = `a touch (one of five back-dated) projected and stored, on a lead with ${MANY} touches, vs one with ${FEW}`;
    return [comparedRow(work, 'touches', compared, GOAL)];
  },
};

/** A ledger of so many leads with so many touches each, all of them projected. */
async function sideOf(folder: string, count: number, touches: number) {
  mkdirSync(folder);
  const ledger = await openLedger(folder);
  const { eventStore, readStore, processors } = ledger;
  const { createLead } = leadCommands(ledger);
  const leads: Uuid[] = [];
  await inFlight(count, 64, async (index) => leads.push(await createLead(leadInput(index, false))));
  const { lanes } = await readStore.active('figures');
  const touch = (index: number) => {
    const lead = leads[index % leads.length] as Uuid; // there are some
    const commandId = freshUuid();
    const occurredAt = Date.now() - (index % 5 === 0 ? Math.random() * 30 * DAY_MS : 0);
    const event = { type: 'lead.touched', occurredAt: Math.floor(occurredAt), leadId: lead, pass: 1, data: touched() };
    const actor = { id: 'bench', team: 'marketing' } as const;
    const context = {
      commandId,
      commandDigest: '',
      correlationId: commandId,
      causationId: null,
      actor,
      now: Date.now(),
    };
    const stamped = stamp(eventStore, leadStream(lead), context, event, 0);
    return eventStore.append(leadStream(lead), [stamped], { expected: 'exists' });
  };
  await inFlight(count * touches, 64, touch);
  await catchUp({ eventStore, readStore, processors, lanes });
  let position = await eventStore.head();
  const open: {
    readonly name: string;
    readonly generation: number;
    readonly projector: LaneProjector;
    from: Position;
  }[] = [];
  for (const processor of processors) {
    const name = processor.spec.processor;
    const { generation } = await readStore.active(name);
    const projector = await processor.open({ store: readStore, generation, lane: 0, lanes, from: position });
    open.push({ name, generation, projector, from: position });
  }
  const processorTypes = new Map(processors.map(({ spec, types }) => [spec.processor, types]));
  if (lanes !== 1) throw new Error('this benchmark expects one lane');

  return {
    async project(): Promise<number> {
      await inFlight(TOUCHES, 64, touch);
      let ms = 0;
      for await (const { events } of eventStore.readAll({ after: position })) {
        for (const event of events) {
          const began = performance.now();
          for (const one of open) {
            if (processorTypes.get(one.name)?.has(event.type) === true) {
              await one.projector.prepare([event]);
              one.projector.project(event);
            }
            const batch = {
              processor: one.name,
              generation: one.generation,
              lane: 0,
              from: one.from,
              to: event.position,
            };
            const { stale } = await readStore.apply({ ...batch, writes: one.projector.writes(event.position) });
            if (stale) throw new Error(`${one.name} is projected by somebody else`);
            one.from = event.position;
          }
          ms += performance.now() - began;
          position = positionOf(event.position);
        }
      }
      return (TOUCHES / ms) * 1_000;
    },
    close: () => ledger.close(),
  };
}

const touched = (): LeadTouchedData => ({
  touchId: freshUuid(),
  member: 'bench',
  team: 'marketing',
  kind: 'email',
  channel: 'email',
  channelRule: null,
  source: null,
  medium: null,
  campaign: 'spring',
  content: null,
  direction: 'outbound',
  automated: true,
  outcome: null,
  recordingUrl: null,
  note: null,
});
