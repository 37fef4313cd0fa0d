import type { DomainEvent, Team } from '#kernel/envelope.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';

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

/** `installation`: see the event store; a member is known by the handle that they joined with. */
export const memberStream = (installation: Uuid, handle: string): string => `member-${uuidv5(installation, handle)}`;
