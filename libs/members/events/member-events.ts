import type { DomainEvent, Team } from '#kernel/envelope.js';

export interface MemberJoinedData {
  /** Not personal by definition: a staff handle (an import: the owner column's text). */
  readonly handle: string;
  readonly team: Team;
  readonly role: 'member' | 'head';
  /** Handle of the manager. */
  readonly manager: string | null;
  readonly aliases: readonly string[];
}

export interface MemberMovedData {
  readonly handle: string;
  readonly team: Team;
  readonly role: 'member' | 'head';
  readonly manager: string | null;
  readonly aliases: readonly string[];
}

export interface MemberLeftData {
  readonly handle: string;
}

export type MemberEvent =
  | DomainEvent<'member.joined', MemberJoinedData>
  | DomainEvent<'member.moved', MemberMovedData>
  | DomainEvent<'member.left', MemberLeftData>;

export const MEMBER_EVENT_TYPES = ['member.joined', 'member.moved', 'member.left'] as const;
