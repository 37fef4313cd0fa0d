import type { Actor } from '#kernel/envelope.js';
import { decide, type Given, type GivenEvent } from '#kernel/testing/given-when-then.js';
import { parseDay } from '#kernel/time.js';
import type { Asked, Capacity } from '../asked.js';
import type { StatementEvent } from '../events/statement-events.js';
import type { StatementSight } from '../statements/statement-sight.js';
import { evolveStatement, initialStatement, type StatementState } from '../statements/statement-state.js';
import type { Statement } from '../statements/statement.js';
import { at, PLAN } from './book-life.js';

export const NOW = at('2026-04-20');
export const KEY = { planId: PLAN, member: 'mia', period: '2026-03' };
export const MIA: Actor = { id: 'mia', team: 'marketing' };
export const FIONA: Actor = { id: 'fiona', team: 'finance' };
export const FRED: Actor = { id: 'fred', team: 'finance' };
export const HANNA: Actor = { id: 'hanna', team: 'marketing' };

const CAPACITIES: Readonly<Record<string, readonly Capacity[]>> = {
  fiona: ['finance'],
  fred: ['finance'],
  hanna: ['head'],
};

export const asks = <Input>(
  actor: Actor,
  input: Input,
  capacities: readonly Capacity[] = CAPACITIES[actor.id] ?? [],
): Asked<Input> => ({ actor, capacities, authenticated: true, now: NOW, input });

export const STATEMENT: Statement = {
  ...KEY,
  currency: 'EUR',
  status: 'open',
  upTo: 500,
  opening: 0,
  lines: [],
  total: 10_000,
  payable: 10_000,
  closing: 0,
  openDisputes: 0,
  hash: 'h1',
};

export const sees = (sight: Partial<StatementSight> = {}): StatementSight => ({
  ...KEY,
  upTo: 520,
  currency: 'EUR',
  planExists: true,
  statement: STATEMENT,
  lastDay: parseDay('2026-03-31') ?? 0,
  payday: parseDay('2026-03-31') ?? 0,
  today: parseDay('2026-04-20') ?? 0,
  earlierOpen: null,
  bookedIn: '2026-03',
  isKnown: true,
  isMember: true,
  knows: (member) => ['mia', 'max', 'fiona'].includes(member),
  ...sight,
});

type DataOf<Type extends StatementEvent['type']> = Extract<StatementEvent, { type: Type }>['data'];

export const happened = <Type extends StatementEvent['type']>(
  type: Type,
  data: Omit<DataOf<Type>, 'planId' | 'member' | 'period' | 'authenticated'>,
  by: Actor,
): GivenEvent<StatementEvent> =>
  ({
    type,
    leadId: null,
    pass: null,
    occurredAt: NOW,
    data: { ...KEY, ...data, authenticated: true },
    actor: by,
  }) as unknown as GivenEvent<StatementEvent>; // of the type given

const AMOUNTS = { upTo: 520, payable: 10_000, currency: 'EUR', hash: 'h1' };
export const drafted = (by: Actor = FIONA, hash = 'h1') =>
  happened('statement.drafted', { ...AMOUNTS, hash, opening: 0, total: 10_000 }, by);
export const approved = (by: Actor = HANNA, payable = 10_000) =>
  happened('statement.approved', { ...AMOUNTS, payable }, by);
export const disputed = (by: Actor = MIA) =>
  happened('statement.disputed', { disputeId: 'd1', by: by.id, reason: 'Mine.' }, by);

/** Without the actor, which only a recorded event has. */
export const decided = ({ actor: _actor, ...event }: GivenEvent<StatementEvent>): StatementEvent => event; // what is left

export const specify = <Input>(
  decision: (asked: Asked<Input>, sight: StatementSight, state: StatementState) => StatementEvent[],
  sight: Partial<StatementSight> = {},
): Given<Asked<Input>, StatementEvent> =>
  decide<StatementState, Asked<Input>, StatementEvent>({
    initialState: initialStatement,
    evolve: evolveStatement,
    decide: (asked, state) => decision(asked, sees(sight), state),
  });
