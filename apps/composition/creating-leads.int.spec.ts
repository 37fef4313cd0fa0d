import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandContext } from '#event-store/command-context.js';
import { freshUuid } from '#kernel/ids.js';
import type { CreateLeadInput } from '#leads/write/create-lead/create-lead.command.js';
import { handleCreateLead } from '#leads/write/create-lead/create-lead.handler.js';
import { readConfig } from '#platform/config/config.js';
import { openLedger, type Ledger } from './ledger.js';

describe('Creating leads on the embedded ledger', () => {
  let folder: string;
  let ledger: Ledger;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'concord-creating-'));
    ledger = await openLedger(readConfig({ CONCORD_DATA: folder }));
  });
  afterEach(async () => {
    await ledger.close();
    rmSync(folder, { recursive: true });
  });

  const create = (input: CreateLeadInput, context = contextNow()) => {
    const { eventStore: store, roster, hasher: identity } = ledger;
    return handleCreateLead({ store, roster, identity }, { context, input });
  };
  const types = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { events } of ledger.eventStore.readAll({})) found.push(...events.map(({ type }) => type));
    return found.filter((type) => type !== 'organisation.configured').sort();
  };

  it('writes the claim and the creation next to each other, and the same again when it is repeated', async () => {
    const context = contextNow();
    const created = await create(leadNamed('ada@example.com'), context);
    expect(created).toMatchObject({ revision: 0, repeated: false, events: [{ type: 'lead.created', revision: 0 }] });
    expect(await types()).toEqual(['identity.claimed', 'lead.created']);
    expect(await create(leadNamed('ada@example.com'), context)).toEqual({ ...created, repeated: true });
    await expect(create(leadNamed('ada@example.com'), { ...context, commandDigest: 'other' })).rejects.toMatchObject({
      code: 'COMMAND.ID_REUSED',
    });
    expect(await types()).toHaveLength(2);
  });

  it('lets one of many with the same e-mail win; the others are told who', async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => create(leadNamed(' Ada@Example.com'))));
    const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []));
    expect(won).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'LEAD.DUPLICATE', extra: { existing: won[0] } });
    }
    expect(await types()).toEqual(['identity.claimed', 'lead.created']);
  });

  it('makes a touch of a second one where that is asked for', async () => {
    const { id } = await create(leadNamed('ada@example.com'));
    expect(await create({ ...leadNamed('ada@example.com'), onDuplicate: 'touch' })).toMatchObject({ id, revision: 1 });
    expect(await types()).toEqual(['identity.claimed', 'lead.created', 'lead.touched']);
  });
});

const leadNamed = (email: string): CreateLeadInput => ({
  person: { email, firstName: 'Ada', lastName: null, phone: null },
  company: null,
  externalIds: [],
  channel: null,
  source: null,
  medium: null,
  campaign: null,
  content: null,
  segment: null,
  country: null,
  product: null,
  dimensions: {},
  owner: null,
  touches: [],
  onDuplicate: 'refuse',
});

function contextNow(): CommandContext {
  const commandId = freshUuid();
  return {
    commandId,
    commandDigest: 'digest',
    correlationId: commandId,
    causationId: null,
    actor: { id: 'ada', team: 'marketing' },
    now: Date.now(),
  };
}
