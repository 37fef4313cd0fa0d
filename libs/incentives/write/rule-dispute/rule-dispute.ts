import { isDeepStrictEqual } from 'node:util';
import { DomainError, malformed, refused } from '#kernel/errors.js';
import type { Money } from '#kernel/money.js';
import { assertCapacity, forbidden, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { StatementEvent } from '../../events/statement-events.js';
import { keyOf, minorOf, statementEvent } from '../../statements/statement-event.js';
import type { StatementSight } from '../../statements/statement-sight.js';
import type { StatementState } from '../../statements/statement-state.js';

export interface RuleDispute extends Dated {
  readonly disputeId: string;
  readonly upheld: boolean;
  readonly reason: string;
  /** What everyone concerned gets or, negative, gives. */
  readonly amounts: readonly { readonly member: string; readonly amount: Money }[];
}

/**
 * RuleDispute: finance or a head decides; nobody decides on what they raised or get. Throws (403) `BONUS.ROLE`, `BONUS.OWN_STATEMENT`, `BONUS.OWN_DISPUTE`, `BONUS.OWN_RULING`;
 * `BONUS.DISPUTE_NOT_FOUND`, `BONUS.UNKNOWN_MEMBER` (404), `BONUS.AMOUNTS_WITHOUT_RULING`, `BONUS.MEMBER_TWICE` (400), `BONUS.CURRENCY` (422), `BONUS.RULED` (409).
 */
export function ruleDispute(asked: Asked<RuleDispute>, sight: StatementSight, state: StatementState): StatementEvent[] {
  const { actor, authenticated, input } = asked;
  const { disputeId, upheld, reason } = input;
  assertCapacity(asked, ['finance', 'head'], 'ruling on a dispute');
  const dispute = state.disputes.get(disputeId);
  if (dispute === undefined) throw new DomainError('not-found', 'BONUS.DISPUTE_NOT_FOUND', 'there is no such dispute');
  if (actor.id === sight.member) throw forbidden('BONUS.OWN_STATEMENT', 'nobody rules on their own pay');
  if (actor.id === dispute.data.by)
    throw forbidden('BONUS.OWN_DISPUTE', 'somebody else than who raised it rules on a dispute');
  if (input.amounts.some(({ member }) => member === actor.id))
    throw forbidden('BONUS.OWN_RULING', 'nobody rules on what they get themselves');
  const amounts = input.amounts
    .map(({ member, amount }) => ({ member, minor: minorOf(sight, amount) }))
    .filter(({ minor }) => minor !== 0);
  const stranger = amounts.find(({ member }) => !sight.knows(member));
  if (stranger !== undefined)
    throw new DomainError('not-found', 'BONUS.UNKNOWN_MEMBER', `there is no member ${stranger.member}`);
  if (new Set(amounts.map(({ member }) => member)).size < amounts.length)
    throw malformed('BONUS.MEMBER_TWICE', 'amounts names each member once');
  if (!upheld && amounts.length > 0)
    throw malformed('BONUS.AMOUNTS_WITHOUT_RULING', 'a dispute that is not upheld moves no amounts');
  const occurredAt = occurredAtOf(asked);
  if (dispute.ruled !== null) {
    const { data } = dispute.ruled;
    if (isDeepStrictEqual([data.upheld, data.reason, data.amounts], [upheld, reason, amounts])) return [];
    throw refused('BONUS.RULED', 'this dispute is ruled on already; raise another one');
  }
  const { bookedIn, currency } = sight;
  return [
    statementEvent('statement.ruled', occurredAt, {
      ...keyOf(sight),
      ...{ disputeId, upheld, reason, bookedIn, currency, amounts, authenticated },
    }),
  ];
}
