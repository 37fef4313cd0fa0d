import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import type { EventStore } from '#event-store/event-store.js';
import { freshUuid } from '#kernel/ids.js';
import { openSqliteReadStore } from '#read-store/sqlite/sqlite-read-store.js';
import { createRoster, type MemberRoster } from './roster.js';
import { NOW, on } from './testing/member-life.js';
import { handleJoinMember } from './write/join-member/join-member.handler.js';
import type { JoinMember } from './write/join-member/join-member.js';
import { handleLeaveMember } from './write/leave-member/leave-member.handler.js';
import { nameTurn } from './write/name-turn.js';
import { handleMoveMember } from './write/move-member/move-member.handler.js';

let folder: string;
let store: EventStore;
let roster: MemberRoster;
let time: number;

const context = (): CommandContext => ({
  commandId: freshUuid(),
  commandDigest: 'digest',
  correlationId: 'spec',
  causationId: null,
  actor: { id: 'admin', team: 'system' },
  now: NOW,
});
const join = (input: JoinMember): Promise<Outcome> =>
  handleJoinMember({ store, roster }, { context: context(), input });
const open = (): Promise<EventStore> => openSqliteEventStore({ file: path.join(folder, 'ledger.sqlite') });

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'concord-roster-'));
  store = await open();
  time = 0;
  roster = createRoster(store, () => time);
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('The roster', () => {
  it('knows nobody in an empty ledger', async () => {
    expect(await roster.resolve('sam')).toBe('sam');
    expect(await roster.teamAt('sam', NOW)).toBeNull();
    expect(await roster.roleAt('sam', NOW)).toBeNull();
    expect(await roster.holderOf('sam')).toBeNull();
  });

  it('knows its own writes at once, by handle and alias, at every moment', async () => {
    await join({ handle: 'sam', team: 'sales', aliases: ['Sam Smith'], occurredAt: on(1) });
    await handleMoveMember(
      { store, roster },
      { context: context(), handle: 'Sam Smith', input: { team: 'marketing', role: 'head', occurredAt: on(5) } },
    );
    await handleLeaveMember({ store, roster }, { context: context(), handle: 'sam', input: { occurredAt: on(9) } });
    expect(await roster.resolve('Sam Smith')).toBe('sam');
    expect(await Promise.all([0, 1, 5, 9].map((day) => roster.teamAt('Sam Smith', on(day))))).toEqual([
      'sales',
      'sales',
      'marketing',
      null,
    ]);
    expect(await Promise.all([1, 5, 9].map((day) => roster.roleAt('sam', on(day))))).toEqual(['member', 'head', null]);
  });

  it('sees what another process recorded after a quarter of a second, not on every question', async () => {
    expect(await roster.teamAt('ada', NOW)).toBeNull();
    const elsewhere = await open();
    const other = { store: elsewhere, roster: createRoster(elsewhere) };
    await handleJoinMember(other, { context: context(), input: { handle: 'ada', team: 'marketing' } });
    await elsewhere.close();
    time = 249;
    expect(await roster.teamAt('ada', NOW)).toBeNull();
    time = 250;
    expect(await roster.teamAt('ada', NOW)).toBe('marketing');
  });

  it('refuses names that another process gave away a moment ago', async () => {
    await roster.teamAt('sam', NOW);
    const elsewhere = await open();
    const other = { store: elsewhere, roster: createRoster(elsewhere) };
    await handleJoinMember(other, { context: context(), input: { handle: 'ada', team: 'marketing', aliases: ['A.'] } });
    await elsewhere.close();
    await expect(join({ handle: 'sam', team: 'sales', aliases: ['A.'] })).rejects.toMatchObject({
      code: 'MEMBER.NAME_TAKEN',
    });
    await expect(join({ handle: 'A.', team: 'sales' })).rejects.toMatchObject({ code: 'MEMBER.NAME_TAKEN' });
  });

  it('gives a name to one of two members who ask for it at once', async () => {
    const both = await Promise.allSettled(
      ['sam', 'sue'].map((handle) => join({ handle, team: 'sales', aliases: ['S.'] })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('gives it to one of them from whatever process they ask', async () => {
    const processes = await Promise.all(
      ['sam', 'sue', 'sid'].map(async (handle) => {
        const own = await open();
        const leases = await openSqliteReadStore({ file: path.join(folder, 'read.sqlite') });
        return { handle, own, leases, deps: { store: own, roster: createRoster(own), turn: nameTurn(leases) } };
      }),
    );
    for (let round = 0; round < 15; round++) {
      const asked = await Promise.allSettled(
        processes.map(({ handle, deps }) =>
          handleJoinMember(deps, {
            context: context(),
            input: { handle: `${handle} ${round}`, team: 'sales', aliases: [`S. ${round}`] },
          }),
        ),
      );
      const codes = asked.map((one) =>
        one.status === 'rejected' ? (one.reason as { code?: unknown }).code : 'joined',
      );
      expect(codes.sort()).toEqual(['MEMBER.NAME_TAKEN', 'MEMBER.NAME_TAKEN', 'joined']);
    }
    for (const { own, leases } of processes) await Promise.all([own.close(), leases.close()]);
  });

  it('lets a name go that a member gave up', async () => {
    await join({ handle: 'sam', team: 'sales', aliases: ['S.'] });
    await handleMoveMember({ store, roster }, { context: context(), handle: 'sam', input: { aliases: [] } });
    expect(await roster.resolve('S.')).toBe('S.');
    expect((await join({ handle: 'susan', team: 'sales', aliases: ['S.'] })).events).toHaveLength(1);
    expect(await roster.resolve('S.')).toBe('susan');
  });

  it('answers a repeated joining as before and a same one with nothing', async () => {
    const once = { context: context(), input: { handle: 'sam', team: 'sales' } as const };
    const first = await handleJoinMember({ store, roster }, once);
    expect(first).toMatchObject({ id: 'sam', revision: 0, repeated: false, events: [{ type: 'member.joined' }] });
    expect(await handleJoinMember({ store, roster }, once)).toEqual({ ...first, repeated: true });
    expect(await join({ handle: 'sam', team: 'sales' })).toMatchObject({ repeated: false, revision: 0, events: [] });
  });

  it('answers many questions at once with one reading', async () => {
    await join({ handle: 'sam', team: 'sales' });
    time = 1_000;
    let readings = 0;
    const counting: EventStore = { ...store, readAll: (options) => ((readings += 1), store.readAll(options)) };
    const fresh = createRoster(counting, () => time);
    const teams = await Promise.all(Array.from({ length: 50 }, () => fresh.teamAt('sam', NOW)));
    expect(new Set(teams)).toEqual(new Set(['sales']));
    expect(readings).toBe(1);
  });
});
