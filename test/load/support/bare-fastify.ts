import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { followLedger } from '#apps/projector/follow-ledger.js';
import { openLanes } from '#apps/projector/lanes.js';
import type { NewEvent } from '#kernel/envelope.js';
import { freshUuid, type Uuid } from '#kernel/ids.js';
import { leadStream } from '#leads/events/lead-events.js';
import { openLedger } from './ledger.js';

/** Bare Fastify over the same composed ledger, with the same projector beside it: one append a request, and nothing else. */
export async function serveBare(folder: string): Promise<number> {
  const ledger = await openLedger(folder);
  const { eventStore } = ledger;
  await followLedger({
    ...ledger,
    openLane: openLanes(ledger),
    onBroken: (error) => {
      throw error;
    },
  });
  const app = Fastify();
  const append = async (lead: Uuid, type: string, data: unknown, expected: 'exists' | 'no-stream') => {
    const event = newEvent(lead, type, data);
    const { revision, position } = await eventStore.append(leadStream(lead), [event], { expected });
    return { id: lead, revision, position: position.toString(), events: [{ id: event.eventId, type, revision }] };
  };
  app.post('/leads/:id/touches', ({ params, body }) => {
    const data = { touchId: freshUuid(), member: 'bench', team: 'marketing', ...(body as object) }; // from our own client
    return append((params as { id: Uuid }).id, 'lead.touched', data, 'exists'); // the path's one parameter
  });
  app.post('/leads', ({ body }) => {
    const data = { ...EMPTY_LEAD, ...(body as object) }; // from our own client
    return append(freshUuid(), 'lead.created', data, 'no-stream');
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return (app.server.address() as AddressInfo).port; // it listens on TCP
}

function newEvent(lead: Uuid, type: string, data: unknown): NewEvent {
  const commandId = freshUuid();
  return {
    eventId: freshUuid(),
    type,
    schemaVersion: type === 'lead.touched' ? 2 : 1,
    commandId,
    commandDigest: '0'.repeat(64),
    correlationId: commandId,
    causationId: null,
    actor: { id: 'anonymous', team: 'system' },
    leadId: lead,
    pass: 1,
    occurredAt: Date.now(),
    data,
  };
}

const EMPTY_LEAD = { person: null, externalIds: [], product: null, dimensions: {}, owner: null, ownerTeam: null };

const folder = process.env['CONCORD_BENCH_BARE'];
if (folder !== undefined && process.argv[1] === import.meta.filename) process.send?.(await serveBare(folder));
