import type { DealEvent, DealOpenedData } from '#deals/events/deal-events.js';
import type { FoldContext } from '#figures/history/fold-context.js';
import { foldPayments } from '#figures/history/deal-fold.js';
import type { Happening } from '#figures/history/happening.js';
import { channelIn } from '#figures/history/lead-fold.js';
import { momentOf, type Assumable } from '#figures/history/moment.js';
import { DomainError } from '#kernel/errors.js';
import type { Team } from '#kernel/envelope.js';
import type {
  LeadCreatedData,
  LeadDetailsChangedData,
  LeadEvent,
  LeadTouchedData,
  TouchAnnulledData,
} from '#leads/events/lead-events.js';
import { NO_ORIGIN, type CreditHistory, type CreditTouch, type DealCredit, type LeadCredit } from './credit-history.js';
import { addTouch, annulTouch, NO_TOUCHES, type TouchLogEntry, type TouchStep } from './touch-list.js';

/** Everything that changes what a lead or deal credits; other events are not asked for at all. */
export const CREDIT_EVENT_TYPES = [
  'lead.created',
  'lead.details-changed',
  'lead.touched',
  'lead.touch-annulled',
  'deal.opened',
  'deal.won',
  'deal.reopened',
  'deal.annulled',
  'deal.payment-received',
  'deal.payment-annulled',
  'deal.payment-refunded',
  'deal.refund-annulled',
] as const satisfies readonly (LeadEvent | DealEvent)['type'][];

export interface CreditFoldContext extends Pick<FoldContext, 'dayOf' | 'currency' | 'channelOf'> {
  /** Touches of other teams earn under no model of this processor and are not kept; null: of no team. */
  readonly credits: (team: Team | null) => boolean;
  /** The lead's older touches (`touch-list.ts`), in order. */
  readonly touchLog: () => readonly TouchLogEntry[];
}

export interface CreditFolded {
  readonly history: CreditHistory;
  /** A piece of the touch log to be kept under the number `touches.chunks - 1`. */
  readonly chunk: readonly TouchLogEntry[] | null;
}

export const NOTHING_YET: CreditHistory = { lead: null, deals: [] };
const UNKNOWN_LEAD: LeadCredit = {
  created: null,
  origin: NO_ORIGIN,
  touches: NO_TOUCHES,
  originTouch: null,
  openPaths: null,
};

/** The next history; the given one stays as it was, and is given back where nothing changes. Throws `FIGURES.*`. */
export function foldCredit(history: CreditHistory, happening: Happening, context: CreditFoldContext): CreditFolded {
  if (happening.stream === '') {
    const known = history.lead ?? UNKNOWN_LEAD;
    const { lead, chunk } = foldLead(known, happening, context);
    return { history: lead === known ? history : { lead, deals: history.deals }, chunk };
  }
  const place = history.deals.findIndex(({ stream }) => stream === happening.stream);
  const known = history.deals[place];
  const deal = foldDeal(known, happening, context);
  if (deal === known) return { history, chunk: null };
  const deals = known === undefined ? [...history.deals, deal] : history.deals.with(place, deal);
  return { history: { lead: history.lead, deals }, chunk: null };
}

function foldLead(
  lead: LeadCredit,
  happening: Happening,
  context: CreditFoldContext,
): { readonly lead: LeadCredit; readonly chunk: readonly TouchLogEntry[] | null } {
  const stepped = ({ touches, chunk }: TouchStep) => ({
    lead: touches === lead.touches ? lead : { ...lead, touches, openPaths: null },
    chunk,
  });
  // Casts below: the event's type names its data.
  switch (happening.type) {
    case 'lead.touched': {
      const data = happening.source.data() as LeadTouchedData;
      if (!context.credits(data.team)) return { lead, chunk: null };
      return stepped(addTouch(lead.touches, touchOf(happening, data, context)));
    }
    case 'lead.touch-annulled':
      return stepped(
        annulTouch(lead.touches, (happening.source.data() as TouchAnnulledData).touchId, context.touchLog),
      );
    case 'lead.created': {
      const data = happening.source.data() as LeadCreatedData;
      const { campaign, content, source, medium } = data;
      const created = { at: happening.at, position: happening.position };
      const origin = { channel: channelIn(data, context), campaign, content, source, medium };
      return { lead: { ...lead, created, origin, originTouch: null, openPaths: null }, chunk: null };
    }
    case 'lead.details-changed':
      return { lead: corrected(lead, happening.source.data() as LeadDetailsChangedData), chunk: null };
    default:
      return { lead, chunk: null };
  }
}

/** The last correction by position holds, whenever it is said to have happened. */
function corrected(lead: LeadCredit, data: LeadDetailsChangedData): LeadCredit {
  const { channel, campaign, content, source, medium } = data;
  if (
    channel === undefined &&
    campaign === undefined &&
    content === undefined &&
    source === undefined &&
    medium === undefined
  )
    return lead;
  const { origin } = lead;
  return {
    ...lead,
    originTouch: null,
    openPaths: null,
    origin: {
      channel: channel === undefined ? origin.channel : channel,
      campaign: campaign === undefined ? origin.campaign : campaign,
      content: content === undefined ? origin.content : content,
      source: source === undefined ? origin.source : source,
      medium: medium === undefined ? origin.medium : medium,
    },
  };
}

function touchOf(happening: Happening, data: LeadTouchedData, context: CreditFoldContext): CreditTouch {
  const channel = channelIn(data, context);
  const { touchId, kind, team, member, campaign, content, source, medium } = data;
  const { at, position } = happening;
  return { touchId, at, position, kind, team, member, channel, campaign, content, source, medium, dims: null };
}

function foldDeal(known: DealCredit | undefined, happening: Happening, context: CreditFoldContext): DealCredit {
  if (happening.type === 'deal.opened') {
    const { kind } = happening.source.data() as DealOpenedData; // the type says so
    return { stream: happening.stream, kind, openedAt: happening.at, won: null, payments: [], annulled: false };
  }
  if (known === undefined)
    throw new DomainError(
      'unprocessable',
      'FIGURES.DEAL_NOT_OPENED',
      `${happening.stream} has ${happening.type} before deal.opened`,
    );
  switch (happening.type) {
    case 'deal.won':
      return { ...known, won: momentOf(happening, happening.source.data() as Assumable, context) };
    case 'deal.reopened':
      return known.won === null ? known : { ...known, won: null };
    case 'deal.annulled':
      return { ...known, annulled: true };
    default:
      return foldPayments(known, happening, context);
  }
}
