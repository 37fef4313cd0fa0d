import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '#kernel/envelope.js';
import { DomainError, malformed, refused } from '#kernel/errors.js';
import { assertNotInFuture, type Instant } from '#kernel/time.js';
import type { DealState, DealStatus } from './deal.js';
import type { DealEvent } from './events/deal-events.js';

/** What every deal command's input may say. */
export interface Said {
  /** Left out: now. A repeat means the same moment only where it names one. */
  readonly occurredAt?: Instant;
  /** What an import had to assume. */
  readonly assumed?: readonly ('occurredAt' | 'opening')[];
}

/** All that a pure decision knows besides the state: who asks, when, and for what. */
export interface Asked<Input> {
  readonly actor: Actor;
  readonly now: Instant;
  /** The organisation's currency: every amount must lead to it. */
  readonly currency: string;
  readonly input: Input;
}

/** Business time of what is asked; throws `REQUEST.OCCURRED_IN_FUTURE`. */
export function occurredAtOf(asked: Asked<Said>): Instant {
  const at = asked.input.occurredAt ?? asked.now;
  assertNotInFuture(at, asked.now);
  return at;
}

/** The mark of an import that had to assume something, as it stands in the event. */
export const assumedOf = ({ assumed }: Said): Pick<Said, 'assumed'> =>
  assumed === undefined || assumed.length === 0 ? {} : { assumed };

/** Whether what was recorded says what is asked; a moment is compared only where one was named, what was assumed never. */
export function saysTheSame(
  input: Said,
  data: object,
  recorded: { readonly occurredAt: Instant; readonly data: object },
): boolean {
  if (input.occurredAt !== undefined && input.occurredAt !== recorded.occurredAt) return false;
  return isDeepStrictEqual({ ...data, assumed: undefined }, { ...recorded.data, assumed: undefined });
}

/** Throws `DEAL.NOT_FOUND`, `DEAL.ANNULLED` (it is final), and `DEAL.TRANSITION_REFUSED` unless the deal is in one of these states. */
export function assertStatus(deal: DealState, command: string, ...allowed: readonly DealStatus[]): void {
  if (deal.status === 'none') throw new DomainError('not-found', 'DEAL.NOT_FOUND', 'there is no such deal');
  if (deal.status === 'annulled')
    throw refused('DEAL.ANNULLED', `${command} is not possible: the deal is annulled, which is final`);
  if (!allowed.includes(deal.status)) {
    throw refused('DEAL.TRANSITION_REFUSED', `${command} is not possible on a deal that is ${deal.status}`);
  }
}

/** The same command came before with another meaning (409). */
export const meansSomethingElse = (detail: string): DomainError => refused('DEAL.MEANS_SOMETHING_ELSE', detail);

/** One field of the body that makes no sense (400). */
export const badField = (code: string, pointer: string, detail: string): DomainError =>
  malformed(code, detail, [{ pointer, code, detail }]);

type DataOf<Type extends DealEvent['type']> = Extract<DealEvent, { type: Type }>['data'];

/** An event of this deal: its lead and pass stand in every envelope. */
export function dealEvent<Type extends DealEvent['type']>(
  deal: Pick<DealState, 'leadId' | 'pass'>,
  type: Type,
  occurredAt: Instant,
  data: DataOf<Type>,
): DealEvent {
  const event = { type, occurredAt, leadId: deal.leadId, pass: deal.pass, data };
  return event as unknown as DealEvent; // `type` and `data` belong together by the signature, which the union cannot follow
}
