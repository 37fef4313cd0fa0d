import { createHash } from 'node:crypto';
import type { CommandContext } from '#event-store/command-context.js';
import type { Actor, Team } from '#kernel/envelope.js';
import { freshUuid, uuidv5, type Uuid } from '#kernel/ids.js';
import type { LeadsDeps } from '../leads-deps.js';
import { ledgerInMemory, type LedgerInMemory } from './ledger-in-memory.js';

export interface MemberForSpecs {
  readonly team: Team;
  readonly role?: 'member' | 'head';
  readonly aliases?: readonly string[];
}

/** What the handlers of leads need, around a ledger in memory and a roster of members who never move. */
export function leadsDeps(
  members: Readonly<Record<string, MemberForSpecs>> = {},
): LeadsDeps & { readonly store: LedgerInMemory } {
  const hash = (...parts: readonly string[]): string =>
    createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const member = (handle: string): MemberForSpecs | null => members[handle] ?? null;
  return {
    store: ledgerInMemory(),
    roster: {
      resolve: async (handle) =>
        Object.entries(members).find(([, { aliases }]) => aliases?.includes(handle) === true)?.[0] ?? handle,
      teamAt: async (handle) => member(handle)?.team ?? null,
      roleAt: async (handle) => (member(handle) === null ? null : (member(handle)?.role ?? 'member')),
    },
    identity: {
      email: (text) => hash('email', text),
      externalId: (system, id) => hash('external-id', system, id),
      digest: (body) => hash('digest', body),
    },
  };
}

/** Noon of 1 March 2026. */
export const NOW = Date.UTC(2026, 2, 1, 12);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const SYSTEM: Actor = { id: 'anonymous', team: 'system' };
export const MARIA: Actor = { id: 'maria', team: 'marketing' };
export const SAM: Actor = { id: 'sam', team: 'sales' };

/** The context of a command; `key` makes its id, a fresh one where none is given. */
export function contextOf(
  actor: Actor,
  { key, ...rest }: { readonly key?: string } & Partial<CommandContext> = {},
): CommandContext {
  return {
    commandId: key === undefined ? freshUuid() : uuidv5(NAMESPACE, key),
    commandDigest: 'digest',
    correlationId: 'spec',
    causationId: null,
    actor,
    now: NOW,
    ...rest,
  };
}

const NAMESPACE = '1b671a64-40d5-491e-99b0-da01ff1f3341' as Uuid; // UUID text
