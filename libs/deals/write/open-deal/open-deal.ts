import { DomainError, refused } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import type { Money, Rate } from '#kernel/money.js';
import type { LeadStage } from '#leads/events/lead-events.js';
import { priced } from '../../amounts.js';
import {
  assumedOf,
  dealEvent,
  meansSomethingElse,
  occurredAtOf,
  saysTheSame,
  type Asked,
  type Said,
} from '../../asked.js';
import type { DealOwner, DealState } from '../../deal.js';
import type { DealEvent, DealKind, DealOpenedData } from '../../events/deal-events.js';

export interface OpenDeal extends Said {
  readonly lead: Uuid | null;
  readonly kind?: DealKind;
  readonly account?: string | null;
  readonly product?: string | null;
  readonly segment?: string | null;
  readonly country?: string | null;
  readonly stage?: string | null;
  readonly value?: Money | null;
  readonly rate?: Rate | null;
  readonly expectedCloseOn?: string | null;
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** The lead that the deal is opened under, as its own stream says. */
export interface LeadStanding {
  readonly id: Uuid;
  readonly stage: LeadStage;
  readonly pass: number;
}

/** What the handler looked up. `lead` is null where none was named, `'unknown'` where the one named does not exist. */
export interface OpenDealFacts {
  readonly lead: LeadStanding | null | 'unknown';
  readonly owner: DealOwner;
}

export interface Opening {
  readonly events: readonly DealEvent[];
  /** True when the lead must be reopened in a new pass first, which then is the events' pass. */
  readonly reopensLead: boolean;
}

/**
 * OpenDeal: by sales or the system, under an existing lead or none. A rejected or recycled lead is reopened by it. Throws `LEAD.WRONG_TEAM`,
 * `LEAD.NOT_FOUND`, `LEAD.TRANSITION_REFUSED` (disqualified), `DEAL.MEANS_SOMETHING_ELSE` (its id is taken), `MONEY.NO_RATE`.
 */
export function openDeal(asked: Asked<OpenDeal>, deal: DealState, { lead, owner }: OpenDealFacts): Opening {
  const { actor, input, currency } = asked;
  if (actor.team !== 'sales' && actor.team !== 'system') {
    throw new DomainError('forbidden', 'LEAD.WRONG_TEAM', `only sales opens deals, not ${actor.team}`);
  }
  const occurredAt = occurredAtOf(asked);
  const data: DealOpenedData = {
    kind: input.kind ?? 'new',
    account: input.account ?? null,
    product: input.product ?? null,
    segment: input.segment ?? null,
    country: input.country ?? null,
    stage: input.stage ?? 'open',
    ...priced(input.value ?? null, input.rate, currency),
    expectedCloseOn: input.expectedCloseOn ?? null,
    owner: owner.owner,
    ownerTeam: owner.team,
    dimensions: input.dimensions ?? {},
    ...assumedOf(input),
  };
  if (deal.opening !== null) {
    if (deal.leadId === input.lead && saysTheSame(input, data, deal.opening)) return { events: [], reopensLead: false };
    throw meansSomethingElse('there is a deal of this id already, opened otherwise');
  }
  if (lead === 'unknown') throw new DomainError('not-found', 'LEAD.NOT_FOUND', `there is no lead ${input.lead ?? ''}`);
  if (lead?.stage === 'disqualified') {
    throw refused(
      'LEAD.TRANSITION_REFUSED',
      'a disqualified lead must be reopened before a deal can be opened under it',
    );
  }
  const envelope = { leadId: lead?.id ?? null, pass: lead?.pass ?? null };
  return {
    events: [dealEvent(envelope, 'deal.opened', occurredAt, data)],
    reopensLead: lead?.stage === 'rejected' || lead?.stage === 'recycled',
  };
}
