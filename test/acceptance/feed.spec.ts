import { jest } from '@jest/globals';
import { succeeds, startServer, temporaryFolder, type Server } from './support/process.js';

// Processes start and stop here.
jest.setTimeout(60_000);

interface FeedEvent {
  readonly id: string;
  readonly data: any;
}

/** Reads server-sent events until `enough` of them came. */
async function readFeed(url: string, enough: number, headers: Readonly<Record<string, string>> = {}) {
  const stop = new AbortController();
  const response = await fetch(url, { headers, signal: stop.signal });
  const events: FeedEvent[] = [];
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, id] = /^id: (.*)$/m.exec(block) ?? [];
      const [, data] = /^data: (.*)$/m.exec(block) ?? [];
      if (id !== undefined && data !== undefined) events.push({ id, data: JSON.parse(data) });
    }
    if (events.length >= enough) break;
  }
  stop.abort();
  return { events, headers: response.headers };
}

/** The lines of a page of NDJSON. */
async function page(server: Server, query: string, headers: Readonly<Record<string, string>> = {}): Promise<any[]> {
  const response = await fetch(`${server.url}/feed?${query}`, { headers });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
  const lines = (await response.text()).split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line));
}

describe('The feed of public events', () => {
  const folder = temporaryFolder();
  let server: Server;
  const startAgain = async (): Promise<void> => {
    server = await startServer(folder.path);
  };
  beforeAll(startAgain);
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });
  const newLead = (number: number) =>
    server.post('/leads', {
      ...{ company: `Company ${number}`, channel: number % 2 === 0 ? 'email' : 'web' },
      person: { email: `lead${number}@example.com`, firstName: 'Geheim' },
    });

  it('gives the history and goes on live, without personal data', async () => {
    for (const number of [0, 1, 2]) expect((await newLead(number)).status).toBe(201);
    const reading = readFeed(`${server.url}/feed?type=lead.created`, 5);
    await newLead(3);
    await newLead(4);
    const { events, headers } = await reading;
    expect(headers.get('content-type')).toBe('text/event-stream');
    expect(events.map(({ data }) => data.data.company)).toEqual([0, 1, 2, 3, 4].map((number) => `Company ${number}`));
    expect(events[0]!.data).toMatchObject({ specversion: '1.0', type: 'concord.lead.created.v1' });
    expect(events[0]!.data.subject).toBe(`lead-${events[0]!.data.leadid}`);
    expect(JSON.stringify(events)).not.toMatch(/Geheim|example\.com/);
  });

  it('goes on after the last id that a reader names', async () => {
    const { events } = await readFeed(`${server.url}/feed?type=lead.created`, 5);
    const resumed = await readFeed(`${server.url}/feed?type=lead.created`, 2, { 'last-event-id': events[2]!.id });
    expect(resumed.events).toEqual(events.slice(3));
    const after = await readFeed(`${server.url}/feed?type=lead.created&after=${events[3]!.id}`, 1);
    expect(after.events).toEqual(events.slice(4));
  });

  it('as NDJSON ends, in pages that follow each other', async () => {
    const wanted = await page(server, 'format=ndjson');
    expect(wanted.length).toBeGreaterThan(5);
    const found: any[] = [];
    for (let after = ''; found.length <= wanted.length; after = found.at(-1).feedid) {
      const more = await page(server, `limit=2&after=${after}`, { accept: 'application/x-ndjson' });
      if (more.length === 0) break;
      found.push(...more);
    }
    expect(found).toEqual(wanted);
    expect(await page(server, 'format=ndjson&after=now')).toEqual([]);
  });

  it.each([
    ['/feed?after=7', 400, 'FEED.BAD_ID'],
    ['/feed?after=9b2d6c0e-7a51-4f0c-8d0e-2f1a3b4c5d6e:7', 409, 'FEED.OTHER_LEDGER'],
    ['/feed?type=lead.invented', 400, 'QUERY.BAD_PARAMETER'],
    ['/feed?type=identity.claimed', 400, 'QUERY.BAD_PARAMETER'],
    ['/feed?limit=5', 400, 'QUERY.BAD_PARAMETER'],
    ['/feed?format=xml', 400, 'QUERY.BAD_PARAMETER'],
    ['/feed?format=ndjson&limit=0', 400, 'QUERY.BAD_PARAMETER'],
    ['/feed?since=yesterday', 400, 'QUERY.UNKNOWN_PARAMETER'],
    ['/schemas/lead.invented', 404, 'SCHEMA.NOT_FOUND'],
  ])('%s is %i %s', async (route, status, code) => {
    const answer = await server.get(route);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('refuses an id that this ledger does not have yet', async () => {
    const [last] = await page(server, 'format=ndjson&limit=1');
    const answer = await server.get(`/feed?after=${last.ledgerid}:999999999`);
    expect([answer.status, answer.body.code]).toEqual([409, 'FEED.AHEAD_OF_LEDGER']);
  });

  it('is described: AsyncAPI, and a schema of each event', async () => {
    const document = (await server.get('/asyncapi.json')).body;
    expect(document.asyncapi).toBe('3.0.0');
    const [line] = await page(server, 'format=ndjson&type=lead.created&limit=1');
    const schema = (await server.get(`/schemas/${line.type}`)).body;
    expect(schema.$id).toBe(line.dataschema);
    expect(document.components.messages[line.type].payload).toEqual(schema);
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(line.data)));
  });

  it('ends when the server stops, and readers go on with the next one', async () => {
    const { events } = await readFeed(`${server.url}/feed?type=lead.created`, 5);
    const response = await fetch(`${server.url}/feed?after=now`);
    const read = response.text();
    const { code } = await server.stop();
    expect(code).toBe(0);
    expect(await read).toContain('retry:');
    await startAgain();
    const resumed = await readFeed(`${server.url}/feed?type=lead.created`, 1, { 'last-event-id': events[3]!.id });
    expect(resumed.events).toEqual(events.slice(4));
  });
});

describe('The feed of a large ledger', () => {
  const folder = temporaryFolder();
  let server: Server;
  beforeAll(async () => {
    await succeeds(['demo', '--leads', '1500', '--data', folder.path, '--no-wait']);
    server = await startServer(folder.path);
  });
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  it('waits for a reader that is slow, and gives it everything in order', async () => {
    const head = BigInt((await server.get('/health')).body.ledger.position);
    const response = await fetch(`${server.url}/feed`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const positions: bigint[] = [];
    let rest = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, position] = /^id: [^:]+:(\d+)$/m.exec(block) ?? [];
        if (position !== undefined) positions.push(BigInt(position));
      }
      // The ledger may end with events that nobody outside sees.
      if ((positions.at(-1) ?? 0n) >= head - 10n) break;
    }
    expect(positions.length).toBeGreaterThan(10_000);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => (a < b ? -1 : 1)));
  });
});
