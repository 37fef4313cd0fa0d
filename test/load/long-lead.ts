import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { catchUp } from '#subscriptions/catch-up.js';
import { stamp } from '#event-store/run-decider.js';
import { freshUuid, type Uuid } from '#kernel/ids.js';
import type { LeadTouchedData } from '#leads/events/lead-events.js';
import { leadStream } from '#leads/events/lead-events.js';
import type { Benchmark } from './benchmark.js';
import { compare } from './support/compare.js';
import { inFlight } from './support/in-flight.js';
import { leadCommands, leadInput } from './support/lead-commands.js';
import { openLedger } from './support/ledger.js';
import { comparedRow } from './support/words.js';

const GOAL = 0.3;
const FEW = 10;
const MANY = 10_000;
/** Touches projected a run: on each of the short leads one, on the long one all of them. */
const TOUCHES = 1_000;

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
    return [
      comparedRow(`a touch projected on a lead with ${MANY} touches, vs one with ${FEW}`, 'events', compared, GOAL),
    ];
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
    const event = { type: 'lead.touched', occurredAt: Date.now(), leadId: lead, pass: 1, data: touched() };
    const actor = { id: 'bench', team: 'marketing' } as const;
    const context = {
      commandId,
      commandDigest: '',
      correlationId: commandId,
      causationId: null,
      actor,
      now: Date.now(),
    };
    return eventStore.append(leadStream(lead), [stamp(eventStore, leadStream(lead), context, event, 0)], {
      expected: 'exists',
    });
  };
  await inFlight(count * touches, 64, touch);
  await catchUp({ eventStore, readStore, processors, lanes });
  return {
    async project(): Promise<number> {
      await inFlight(TOUCHES, 64, touch);
      const began = performance.now();
      await catchUp({ eventStore, readStore, processors, lanes });
      return (TOUCHES / (performance.now() - began)) * 1_000;
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
