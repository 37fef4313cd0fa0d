import { decide, replay, type Given, type GivenEvent } from '#kernel/testing/given-when-then.js';
import type { Actor } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import type { Asked } from '../asked.js';
import type { LeadEvent } from '../events/lead-events.js';
import { NO_DETAILS } from '../lead-details.js';
import { evolveLead, initialLead, type LeadState } from '../lead.js';
import { leadDeals, NO_DEALS, type LeadDeal, type LeadDeals } from '../lead-deals.js';
import { DAY, NOW, SYSTEM } from './leads-deps.js';

export const LEAD = '7d444840-9dc0-11d1-b245-5ffdce74fad2' as Uuid; // UUID text

/** Day n of the story; day 0 is 30 days before now. */
export const day = (n: number): Instant => NOW - 30 * DAY + n * DAY;

type Data<Type extends LeadEvent['type']> = Extract<LeadEvent, { type: Type }>['data'];

/** One event of the story, on a day, in a pass, by somebody. */
export function on<Type extends LeadEvent['type']>(
  n: number,
  type: Type,
  data: Data<Type>,
  { pass = 1, by = SYSTEM }: { readonly pass?: number; readonly by?: Actor } = {},
): GivenEvent<LeadEvent> {
  // type and data belong together by the parameter
  return { type, leadId: LEAD, pass, occurredAt: day(n), data, actor: by } as GivenEvent<LeadEvent>;
}

export const created = (n = 0, data: Partial<Data<'lead.created'>> = {}): GivenEvent<LeadEvent> =>
  on(n, 'lead.created', { ...NO_DETAILS, owner: null, ownerTeam: null, channelRule: null, ...data });

export const mql = (n: number, pass = 1): GivenEvent<LeadEvent> =>
  on(n, 'lead.mql-qualified', { definition: 'mql@1', evidence: [] }, { pass });

export const sal = (
  n: number,
  pass = 1,
  data: Partial<Data<'lead.accepted'>> = {},
  by?: Actor,
): GivenEvent<LeadEvent> => on(n, 'lead.accepted', { becomesOwner: null, note: null, ...data }, { pass, by });

export const sql = (n: number, pass = 1): GivenEvent<LeadEvent> =>
  on(n, 'lead.sql-qualified', { note: null }, { pass });

export const rejected = (n: number, by?: Actor, pass = 1): GivenEvent<LeadEvent> =>
  on(n, 'lead.rejected', { reason: 'no-need', note: null }, { pass, by });

export const recycled = (n: number, by?: Actor, pass = 1): GivenEvent<LeadEvent> =>
  on(n, 'lead.recycled', { reason: 'bad-timing', note: null, until: null }, { pass, by });

export const disqualified = (n: number, by?: Actor, pass = 1): GivenEvent<LeadEvent> =>
  on(n, 'lead.disqualified', { reason: 'competitor', note: null }, { pass, by });

export const assigned = (n: number, owner: string | null, team: Data<'lead.assigned'>['team']): GivenEvent<LeadEvent> =>
  on(n, 'lead.assigned', { owner, team });

/** A command as a pure decision gets it. */
export const asks = <Input>(actor: Actor, input: Input): Asked<Input> => ({
  leadId: LEAD,
  actor,
  now: NOW,
  input,
});

/** Deals of the lead; `[]` of the ledger. */
export const deals = (...given: readonly Partial<LeadDeal>[]): LeadDeals =>
  given.length === 0
    ? NO_DEALS
    : leadDeals(
        given.map((deal, index) => ({
          stream: `deal-${index}`,
          pass: 1,
          openedAt: day(5),
          status: 'open',
          closedAt: null,
          ...deal,
        })),
      );
export const wonOn = (n: number, pass = 1): Partial<LeadDeal> => ({ status: 'won', closedAt: day(n), pass });
export const lostOn = (n: number, pass = 1): Partial<LeadDeal> => ({ status: 'lost', closedAt: day(n), pass });

/** `ofLead(qualifyMql).given([created()]).when(asks(MARIA, {…})).then([…])`; with deals where the decision looks at them. */
export const ofLead = <Command>(
  decision: (command: Command, lead: LeadState, deals: LeadDeals) => LeadEvent[],
  itsDeals: LeadDeals = NO_DEALS,
): Given<Command, LeadEvent> =>
  decide<LeadState, Command, LeadEvent>({
    initialState: initialLead,
    evolve: evolveLead,
    decide: (command, lead) => decision(command, lead, itsDeals),
  });

/** The state after these events. */
export const leadAfter = (events: readonly GivenEvent<LeadEvent>[]): LeadState =>
  replay<LeadState, LeadEvent>({ initialState: initialLead, evolve: evolveLead }, events);

/** A decided event of the lead of this story. */
export const event = <Type extends LeadEvent['type']>(
  type: Type,
  occurredAt: Instant,
  data: Data<Type>,
  pass = 1,
): LeadEvent => ({ type, leadId: LEAD, pass, occurredAt, data }) as LeadEvent; // type and data belong together by the parameter
