import 'reflect-metadata';
import { Global, Module, type NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createChannels } from '#campaigns/channels.js';
import { createCodeLists } from '#codelists/code-lists.js';
import { EVENT_STORE } from '#event-store/event-store.js';
import { CHANNELS } from '#platform/channels.js';
import { CODE_LISTS_PORT } from '#platform/code-lists.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { configureHttp, newFastifyAdapter } from '#platform/http/fastify-app.js';
import type { Problem } from '#platform/http/problem.js';
import { IDENTITY_HASHER } from '#platform/identity.js';
import { openApiOf } from '#platform/openapi/openapi.js';
import { ROSTER } from '#platform/roster.js';
import { LeadsModule } from './leads.module.js';
import { leadsDeps } from './testing/leads-deps.js';

const deps = leadsDeps({ jane: { team: 'sales' } });

@Global()
@Module({
  imports: [CqrsModule.forRoot()],
  providers: [
    { provide: EVENT_STORE, useValue: deps.store },
    { provide: ROSTER, useValue: deps.roster },
    { provide: IDENTITY_HASHER, useValue: deps.identity },
    { provide: CHANNELS, useValue: createChannels(deps.store) },
    { provide: CODE_LISTS_PORT, useValue: createCodeLists(deps.store) },
    CommandEndpoint,
  ],
  exports: [EVENT_STORE, ROSTER, IDENTITY_HASHER, CHANNELS, CODE_LISTS_PORT, CommandEndpoint, CqrsModule],
})
class PlatformForSpecs {}

@Module({ imports: [PlatformForSpecs, LeadsModule] })
class AppForSpecs {}

// eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class and takes any object
const options: NestApplicationOptions = { logger: false, bodyParser: false };

describe('The routes of leads', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await NestFactory.create<NestFastifyApplication>(AppForSpecs, newFastifyAdapter(), options);
    await configureHttp(app);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });

  afterAll(() => app.close());

  const post = (url: string, payload: object = {}, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url, payload, headers });
  const newLead = async (body: object = {}): Promise<string> => (await post('/leads', body)).json<CommandAnswer>().id;

  it('creates a lead: 201 with Location, ETag and the event', async () => {
    const answer = await post(
      '/leads',
      { person: { email: 'first@example.com' }, channel: 'email' },
      { 'idempotency-key': 'first' },
    );
    const body = answer.json<CommandAnswer>();
    expect([answer.statusCode, answer.headers['location'], answer.headers['etag']]).toEqual([
      201,
      `/leads/${body.id}`,
      '"0"',
    ]);
    expect(body).toMatchObject({ revision: 0, repeated: false, events: [{ type: 'lead.created', revision: 0 }] });
    const again = await post(
      '/leads',
      { person: { email: 'first@example.com' }, channel: 'email' },
      { 'idempotency-key': 'first' },
    );
    expect([again.statusCode, again.json<CommandAnswer>()]).toEqual([200, { ...body, repeated: true }]);
  });

  it('answers a duplicate with 409 and the lead that exists', async () => {
    const id = await newLead({ person: { email: 'grace@example.com' } });
    const answer = await post('/leads', { person: { email: 'GRACE@example.com' } });
    expect(answer.json<Problem>()).toMatchObject({ status: 409, code: 'LEAD.DUPLICATE', existing: id });
  });

  it('takes the example of every route as it stands', async () => {
    const document = openApiOf(app);
    const routes = Object.entries(document.paths).filter(([, { post: command }]) => command !== undefined);
    expect(routes.map(([path]) => path).sort()).toEqual([
      '/leads',
      '/leads/{id}/accept',
      '/leads/{id}/annul-stage',
      '/leads/{id}/assign',
      '/leads/{id}/change-details',
      '/leads/{id}/disqualify',
      '/leads/{id}/qualify-mql',
      '/leads/{id}/qualify-sql',
      '/leads/{id}/recycle',
      '/leads/{id}/reject',
      '/leads/{id}/reopen',
      '/leads/{id}/review',
      '/leads/{id}/touches',
      '/leads/{id}/touches/{touchId}/annul',
      '/reviews',
      '/touches',
    ]);
    const unknown = '7d444840-9dc0-41d1-b245-5ffdce74fad2';
    for (const [path, { post: command }] of routes) {
      const body = command?.requestBody;
      const content = body !== undefined && 'content' in body ? body.content['application/json'] : undefined;
      const example = content?.examples?.['example'];
      const payload: unknown = example !== undefined && 'value' in example ? example.value : undefined;
      expect(payload).toBeDefined();
      const url = path.replace('{id}', unknown).replace('{touchId}', unknown);
      const { statusCode } = await post(url, payload as object); // an example body is an object or a list
      // Well-formed: only the lead is missing; a list answers for each of its items.
      const expected = path === '/leads' ? 201 : Array.isArray(payload) ? 200 : 404;
      expect([path, statusCode]).toEqual([path, expected]);
    }
  });

  it('leads one lead through its life', async () => {
    const id = await newLead({ touches: [{ kind: 'ad-click', occurredAt: '2026-01-01T10:00:00+01:00' }] });
    const steps: [string, object, string, string][] = [
      ['assign', { owner: 'jane' }, 'marketing', 'lead.assigned'],
      ['qualify-mql', {}, 'marketing', 'lead.mql-qualified'],
      ['accept', {}, 'sales', 'lead.accepted'],
      ['qualify-sql', { note: 'needs it' }, 'sales', 'lead.sql-qualified'],
      ['annul-stage', { reason: 'oops' }, 'sales', 'lead.stage-annulled'],
      ['recycle', { reason: 'bad-timing', until: '2026-09-01' }, 'sales', 'lead.recycled'],
      ['reopen', { mode: 'new-pass' }, 'system', 'lead.reopened'],
      ['change-details', { segment: 'enterprise' }, 'sales', 'lead.details-changed'],
      ['review', { phase: 'outcome', quality: 3, helped: ['demo'] }, 'sales', 'lead.reviewed'],
      ['disqualify', { reason: 'out-of-market' }, 'marketing', 'lead.disqualified'],
    ];
    for (const [route, body, team, type] of steps) {
      const answer = await post(`/leads/${id}/${route}`, body, { 'x-actor-id': `${team}er`, 'x-actor-team': team });
      expect([answer.statusCode, answer.json<CommandAnswer>().events.map((event) => event.type)]).toEqual([
        200,
        [type],
      ]);
    }
  });

  it('records and annuls a touch', async () => {
    const id = await newLead();
    const touchId = '0E6F7B8A-3C55-4B0E-8A61-6F9F0C7B1C22';
    expect((await post(`/leads/${id}/touches`, { touchId, kind: 'call' })).statusCode).toBe(200);
    expect(
      (await post(`/leads/${id}/touches/${touchId}/annul`, { reason: 'wrong' })).json<CommandAnswer>().events,
    ).toHaveLength(1);
    expect((await post(`/leads/${id}/touches/not-an-id/annul`)).json<Problem>()).toMatchObject({
      status: 400,
      code: 'REQUEST.BAD_ID',
    });
  });

  describe('POST /touches', () => {
    it('answers each item alone and in order', async () => {
      const id = await newLead({ person: { email: 'many@example.com' }, externalIds: [{ system: 'crm', id: '99' }] });
      const answer = await post(
        '/touches',
        [
          { lead: { id }, kind: 'call' },
          { lead: { email: ' Many@example.com' }, kind: 'email', automated: true },
          { lead: { externalId: { system: 'crm', id: '99' } }, kind: 'demo' },
          { lead: { email: 'nobody@example.com' }, kind: 'call' },
          { lead: { id }, kind: 'Not A Code' },
          { lead: { id, email: 'many@example.com' }, kind: 'call' },
          { kind: 'call' },
          7,
        ],
        { 'idempotency-key': 'many' },
      );
      const { items } = answer.json<{ items: (CommandAnswer | Problem)[] }>();
      expect(answer.statusCode).toBe(200);
      expect(items.map((item) => ('code' in item ? item.code : item['revision']))).toEqual([
        1,
        2,
        3,
        'LEAD.NOT_FOUND',
        'REQUEST.INVALID',
        'REQUEST.INVALID',
        'REQUEST.INVALID',
        'REQUEST.INVALID',
      ]);
    });

    it('adds nothing when it is repeated', async () => {
      const id = await newLead();
      const send = () =>
        post(
          '/touches',
          [
            { lead: { id }, kind: 'call' },
            { lead: { id }, kind: 'call' },
          ],
          { 'idempotency-key': 'twice' },
        );
      const first = (await send()).json<{ items: CommandAnswer[] }>();
      const events = deps.store.events.length;
      expect((await send()).json()).toEqual({ items: first.items.map((item) => ({ ...item, repeated: true })) });
      expect(deps.store.events).toHaveLength(events);
    });

    it('takes a list of 1 to 1,000', async () => {
      const touch = { lead: { id: await newLead() }, kind: 'call' };
      expect(
        (
          await post(
            '/touches',
            Array.from({ length: 1000 }, () => touch),
          )
        ).statusCode,
      ).toBe(200);
      for (const body of [Array.from({ length: 1001 }, () => touch), [], {}]) {
        expect((await post('/touches', body)).json<Problem>()).toMatchObject({ status: 400, code: 'REQUEST.INVALID' });
      }
    });
  });

  describe('refuse what is malformed, with a pointer to it', () => {
    const cases: [string, string, object, string][] = [
      ['an unknown field', '/leads', { nickname: 'x' }, '/nickname'],
      ['an unknown field within', '/leads', { person: { mail: 'x' } }, '/person/mail'],
      ['an address that is none', '/leads', { person: { email: 'ada' } }, '/person/email'],
      ['a number for a text', '/leads', { company: 7 }, '/company'],
      ['a text that is too long', '/leads', { channel: 'x'.repeat(201) }, '/channel'],
      ['a day that does not exist', '/leads', { occurredAt: '2026-02-30T10:00:00Z' }, '/occurredAt'],
      ['a time without offset', '/leads', { occurredAt: '2026-02-28T10:00:00' }, '/occurredAt'],
      ['a dimension with the name of a metric', '/leads', { dimensions: { revenue: 'x' } }, '/dimensions'],
      ['a dimension that is no text', '/leads', { dimensions: { office: { a: 1 } } }, '/dimensions'],
      ['external ids that are no list', '/leads', { externalIds: { system: 'a', id: 'b' } }, '/externalIds'],
      ['an external id without system', '/leads', { externalIds: [{ id: 'b' }] }, '/externalIds/0/system'],
      ['501 touches', '/leads', { touches: Array.from({ length: 501 }, () => ({ kind: 'call' })) }, '/touches'],
      ['a touch that is null', '/leads', { touches: [null] }, '/touches/0'],
      ['another way with duplicates', '/leads', { onDuplicate: 'merge' }, '/onDuplicate'],
      ['a touch without kind', '/leads/ID/touches', {}, '/kind'],
      ['an outcome of no list', '/leads/ID/touches', { kind: 'call', outcome: 'great' }, '/outcome'],
      [
        'a recording that is no address',
        '/leads/ID/touches',
        { kind: 'call', recordingUrl: 'javascript:alert(1)' },
        '/recordingUrl',
      ],
      ['a missing reason', '/leads/ID/reject', {}, '/reason'],
      ['a reason of another list', '/leads/ID/reject', { reason: 'no-response' }, '/reason'],
      ['"other" without a note', '/leads/ID/recycle', { reason: 'other' }, '/note'],
      ['until no day', '/leads/ID/recycle', { reason: 'bad-timing', until: '2026-13-01' }, '/until'],
      ['a mode of no list', '/leads/ID/reopen', { mode: 'again' }, '/mode'],
      ['an assignment of nothing', '/leads/ID/assign', {}, '/owner'],
      ['an unknown team', '/leads/ID/assign', { team: 'legal' }, '/team'],
      [
        'evidence that is an object',
        '/leads/ID/qualify-mql',
        { evidence: [{ rule: 'a', value: {} }] },
        '/evidence/0/value',
      ],
      ['a definition without version', '/leads/ID/qualify-mql', { definition: 'mql' }, '/definition'],
      ['a quality of 6', '/leads/ID/review', { phase: 'intake', quality: 6 }, '/quality'],
      ['free text among codes', '/leads/ID/review', { phase: 'intake', needs: ['He is rich'] }, '/needs'],
      ['null for the person', '/leads/ID/change-details', { person: null }, '/person'],
    ];
    it.each(cases)('%s', async (_what, path, body, pointer) => {
      const id = await newLead();
      const events = deps.store.events.length;
      const problem = (await post(path.replace('ID', id), body)).json<Problem>();
      expect(problem.status).toBe(400);
      expect(problem.errors?.map((error) => error.pointer)).toContain(pointer);
      expect(deps.store.events).toHaveLength(events);
    });

    it('an id that is none, and a lead that is not there', async () => {
      expect((await post('/leads/7/accept')).json<Problem>()).toMatchObject({ status: 400, code: 'REQUEST.BAD_ID' });
      expect((await post('/leads/7d444840-9dc0-41d1-b245-5ffdce74fad2/accept')).json<Problem>()).toMatchObject({
        status: 404,
        code: 'LEAD.NOT_FOUND',
      });
    });
  });

  it('tells the wrong team with 403', async () => {
    const id = await newLead();
    const answer = await post(`/leads/${id}/accept`, {}, { 'x-actor-id': 'm', 'x-actor-team': 'marketing' });
    expect(answer.json<Problem>()).toMatchObject({ status: 403, code: 'LEAD.WRONG_TEAM' });
    // Whom the roster knows is in the team that it says.
    expect(
      (await post(`/leads/${id}/accept`, {}, { 'x-actor-id': 'jane', 'x-actor-team': 'marketing' })).statusCode,
    ).toBe(200);
  });

  it('tells a stale If-Match with 412, and a key used with another body with 422', async () => {
    const id = await newLead();
    expect((await post(`/leads/${id}/accept`, {}, { 'if-match': '"7"' })).statusCode).toBe(412);
    expect((await post(`/leads/${id}/accept`, {}, { 'if-match': '"0"', 'idempotency-key': 'k' })).statusCode).toBe(200);
    expect(
      (await post(`/leads/${id}/accept`, { note: 'x' }, { 'idempotency-key': 'k' })).json<Problem>(),
    ).toMatchObject({ status: 422, code: 'COMMAND.ID_REUSED' });
  });
});
