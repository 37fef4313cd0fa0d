import type { FastifyRequest } from 'fastify';
import type { Team } from '#kernel/envelope.js';
import { isUuid } from '#kernel/ids.js';
import { idOf } from '../testing/recorder.js';
import { commandContextOf } from './command-context.js';

const members: Readonly<Record<string, { readonly handle: string; readonly team: Team }>> = {
  sam: { handle: 'sam', team: 'sales' },
  's@example.com': { handle: 'sam', team: 'sales' },
};
const sources = {
  installation: idOf('installation'),
  roster: {
    resolve: async (name: string) => members[name]?.handle ?? name,
    teamAt: async (name: string) => members[name]?.team ?? null,
    roleAt: async () => null,
  },
  hasher: { digest: (body: string) => `digest of ${body}` },
};
const use = { route: 'create-lead', target: '', body: { b: 1, a: [true, undefined] } };

const contextFor = (headers: FastifyRequest['headers'], given: Partial<typeof use> = {}, query: unknown = {}) =>
  commandContextOf(sources, { headers, query, id: 'c1' }, { ...use, ...given }, 1000);

describe('The context of a command over HTTP', () => {
  it('has the same command id for the same actor, route, target and key, and another one for any other', async () => {
    const idFor = async (headers: FastifyRequest['headers'], given: Partial<typeof use> = {}) =>
      (await contextFor(headers, given)).context.commandId;
    const id = await idFor({ 'idempotency-key': 'k', 'x-actor-id': 'sam' });
    expect(await idFor({ 'idempotency-key': 'k', 'x-actor-id': 's@example.com' })).toBe(id);
    const others = await Promise.all([
      idFor({ 'idempotency-key': 'k2', 'x-actor-id': 'sam' }),
      idFor({ 'idempotency-key': 'k' }),
      idFor({ 'idempotency-key': 'k', 'x-actor-id': 'sam' }, { route: 'accept-lead' }),
      idFor({ 'idempotency-key': 'k', 'x-actor-id': 'sam' }, { target: 't' }),
    ]);
    expect(new Set([id, ...others]).size).toBe(5);
  });

  it('makes a fresh key where none is given', async () => {
    const [one, other] = await Promise.all([contextFor({}), contextFor({})]);
    expect(isUuid(one.key)).toBe(true);
    expect(one.context.commandId).not.toBe(other.context.commandId);
  });

  it('digests what the body means, not how it is written', async () => {
    expect((await contextFor({})).context.commandDigest).toBe('digest of {"a":[true,null],"b":1}');
  });

  it('takes the team from the roster, and the header only for someone unknown', async () => {
    const actorOf = async (headers: FastifyRequest['headers']) => (await contextFor(headers)).context.actor;
    expect(await actorOf({})).toEqual({ id: 'anonymous', team: 'system' });
    expect(await actorOf({ 'x-actor-team': 'marketing' })).toEqual({ id: 'anonymous', team: 'marketing' });
    expect(await actorOf({ 'x-actor-id': 'sam', 'x-actor-team': 'finance' })).toEqual({ id: 'sam', team: 'sales' });
    expect(await actorOf({ 'x-actor-id': 'bot', 'x-actor-team': 'finance' })).toEqual({ id: 'bot', team: 'finance' });
  });

  it('reads a handle beyond ASCII as clients send it', async () => {
    const sent = Buffer.from('Zoë', 'utf8').toString('latin1');
    expect((await contextFor({ 'x-actor-id': sent })).context.actor.id).toBe('Zoë');
    expect((await contextFor({ 'x-actor-id': 'Zo\u00eb' })).context.actor.id).toBe('Zoë');
  });

  it('expects the revision of If-Match', async () => {
    expect((await contextFor({ 'if-match': '"3"' })).context.expectedRevision).toBe(3);
    expect((await contextFor({ 'if-match': '0' })).context.expectedRevision).toBe(0);
    expect((await contextFor({ 'if-match': '*' })).context).not.toHaveProperty('expectedRevision');
    expect((await contextFor({})).context).not.toHaveProperty('expectedRevision');
  });

  it.each<[FastifyRequest['headers'], string]>([
    [{ 'if-match': 'W/"3"' }, 'REQUEST.BAD_IF_MATCH'],
    [{ 'if-match': '"-1"' }, 'REQUEST.BAD_IF_MATCH'],
    [{ 'if-match': '"1", "2"' }, 'REQUEST.BAD_IF_MATCH'],
    [{ 'idempotency-key': '' }, 'REQUEST.BAD_IDEMPOTENCY_KEY'],
    [{ 'idempotency-key': 'k'.repeat(256) }, 'REQUEST.BAD_IDEMPOTENCY_KEY'],
    [{ 'x-actor-team': 'board' }, 'REQUEST.BAD_ACTOR'],
    [{ 'x-actor-id': ' ' }, 'REQUEST.BAD_ACTOR'],
    [{ 'x-actor-id': 'a'.repeat(256) }, 'REQUEST.BAD_ACTOR'],
    [{ 'x-correlation-id': 'two words' }, 'REQUEST.BAD_CORRELATION_ID'],
  ])('refuses %j with %s', async (headers, code) => {
    await expect(contextFor(headers)).rejects.toMatchObject({ kind: 'malformed', code });
  });

  it('refuses query parameters, which no command takes', async () => {
    await expect(contextFor({}, {}, { dryRun: 'true' })).rejects.toMatchObject({ code: 'QUERY.UNKNOWN_PARAMETER' });
  });

  it('refuses a body nested so deep that it could only be meant to harm', async () => {
    let body: unknown = 1;
    for (let depth = 0; depth < 40; depth += 1) body = [body];
    await expect(contextFor({}, { body: body as typeof use.body })).rejects.toMatchObject({ code: 'REQUEST.TOO_DEEP' });
  });
});
