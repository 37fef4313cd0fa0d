import { happeningOf } from '#figures/history/happening.js';
import { parameterReader } from '#figures/report/parameters.js';
import type { EventStore } from '#event-store/event-store.js';
import { DomainError } from '#kernel/errors.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import { START, type Position } from '#kernel/position.js';
import { instantText } from '#kernel/time.js';
import { leadStream } from '#leads/events/lead-events.js';
import { instantOf, positionOfQuery, refuseUnknown, type Query } from '#platform/questions/query-parameters.js';
import { asOf, type AsOf, type ReadSide } from '#platform/questions/read-side.js';
import { creditContext } from '../credit/attribution-processor.js';
import { creditFacts } from '../credit/credit-facts.js';
import type { CreditHistory, CreditTouch } from '../credit/credit-history.js';
import { MEASURES, modelMetric, touchDims } from '../credit/credit-space.js';
import { firstConversion, outcomesOf, ORIGIN_TOUCH, withOrigin } from '../credit/deal-paths.js';
import { CREDIT_EVENT_TYPES, foldCredit, NOTHING_YET } from '../credit/fold-credit.js';
import { BUILT_IN, isLearned } from '../credit/model-version.js';
import { allTouches, type TouchLogEntry } from '../credit/touch-list.js';
import { definedModels, type DefinedModel } from '../definitions.js';
import { findModel, unknownModel } from './credit-parameters.js';
import { addCredit, NO_CREDIT, type Credit } from './credit-sums.js';
import { creditAmounts, modelHeading, type CreditAmounts, type ModelHeading } from './credit-values.js';

export interface JourneyTouch {
  readonly touchId: string;
  /** Null: the creation, standing for where the lead came from. */
  readonly eventId: string | null;
  readonly occurredAt: string;
  readonly recordedAt: string | null;
  readonly kind: string;
  readonly channel: string | null;
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly content: string | null;
  readonly team: string | null;
  readonly member: string | null;
  /** What it earned of all conversions and payments of the lead, by model. */
  readonly credit: Readonly<Record<string, CreditAmounts>>;
}

export interface JourneyConversion {
  readonly deal: string;
  readonly kind: string;
  /** The win, else the payment; touches after it are on no path. */
  readonly occurredAt: string;
  /** False: a further payment of a deal that is not won yet. */
  readonly converts: boolean;
  readonly first: boolean;
  readonly revenue: CreditAmounts['revenue'];
  readonly profit: CreditAmounts['profit'];
}

export interface LeadJourneyAnswer {
  readonly asOf: AsOf;
  readonly currency: string;
  readonly id: string;
  readonly createdAt: string | null;
  readonly models: readonly ModelHeading[];
  /** Oldest first: sales' too, which earn nothing under the usual options. */
  readonly touches: readonly JourneyTouch[];
  readonly conversions: readonly JourneyConversion[];
  /** What no touch earned, by model. */
  readonly unattributed: Readonly<Record<string, CreditAmounts>>;
  /** The events behind all this, by id, in the order in which the ledger learnt of them. */
  readonly events: readonly { readonly eventId: string; readonly type: string; readonly position: string }[];
}

const PARAMETERS = ['models', 'knownAt', 'minPosition'] as const;

/**
 * What `GET /leads/{id}/journey` answers: each touch with its credit under each model, from the lead's own events, now or as the ledger knew them at
 * `knownAt`. Models that learn from all paths cannot tell what one touch earned, and are refused. Throws `LEAD.NOT_FOUND`, `QUERY.*`.
 */
export async function answerLeadJourney(side: ReadSide, id: Uuid, query: Query): Promise<LeadJourneyAnswer> {
  refuseUnknown(query, PARAMETERS);
  positionOfQuery(query, 'minPosition'); // read from the ledger itself: there is nothing to wait for
  const { eventStore, organisation } = side;
  const models = await askedModels(eventStore, query);
  const knownAt = instantOf(query, 'knownAt');
  const upTo = knownAt === undefined ? undefined : await eventStore.positionAt(knownAt);
  const events = await eventsOfLead(eventStore, id, upTo);
  if (events.length === 0) throw new DomainError('not-found', 'LEAD.NOT_FOUND', `there is no lead ${id}`);
  const versions = models.map(({ model }) => model);
  const context = { ...creditContext(organisation, { models: versions, journeys: false }), credits: () => true };
  const { history, log } = folded(events, context);
  const touches = touchesOf(history, log);
  const credit = creditByTouch(history, log, context, touches, versions.length);
  const { currency } = organisation;
  const byModel = (of: (place: number) => Credit): Readonly<Record<string, CreditAmounts>> =>
    Object.fromEntries(models.map(({ key }, place) => [key, creditAmounts(of(place), currency)]));
  const sources = new Map(events.map((event) => [Number(event.position), event]));
  const first = firstConversion(history.deals);
  return {
    asOf: await asOf(eventStore, upTo ?? events.at(-1)?.position ?? START, knownAt ?? null),
    currency,
    id,
    createdAt: history.lead?.created == null ? null : instantText(history.lead.created.at),
    models: models.map(({ key, model }) => modelHeading(key, model)),
    touches: touches.map((touch) => {
      const source = touch.touchId === ORIGIN_TOUCH ? undefined : sources.get(touch.position);
      const { touchId, at, kind, channel, source: from, medium, campaign, content, team, member } = touch;
      return {
        touchId,
        eventId: source?.eventId ?? null,
        occurredAt: instantText(at),
        recordedAt: source === undefined ? null : instantText(source.recordedAt),
        kind,
        channel,
        source: from,
        medium,
        campaign,
        content,
        team,
        member,
        credit: byModel((place) => credit.get(touch)?.[place] ?? NO_CREDIT),
      };
    }),
    conversions: history.deals.flatMap((deal) =>
      outcomesOf(deal, currency).map(({ end, conversion, payments }): JourneyConversion => {
        const costed = payments.filter(({ profit }) => profit !== null);
        const amounts = creditAmounts(
          {
            ...NO_CREDIT,
            revenue: payments.reduce((sum, { revenue }) => sum + revenue, 0),
            costed: costed.length,
            profit: costed.reduce((sum, { profit }) => sum + (profit ?? 0), 0),
          },
          currency,
        );
        return {
          deal: deal.stream.slice('deal-'.length),
          kind: deal.kind,
          occurredAt: instantText(end.at),
          converts: conversion !== null,
          first: conversion !== null && conversion.position === first?.position,
          revenue: amounts.revenue,
          profit: amounts.profit,
        };
      }),
    ),
    unattributed: byModel((place) => credit.get(null)?.[place] ?? NO_CREDIT),
    events: events
      .filter(({ type }) => TYPES.has(type))
      .map(({ eventId, type, position }) => ({ eventId, type, position: position.toString() })),
  };
}

const TYPES: ReadonlySet<string> = new Set(CREDIT_EVENT_TYPES);

async function askedModels(
  eventStore: EventStore,
  query: Query,
): Promise<readonly { readonly key: string; readonly model: DefinedModel }[]> {
  const known = await definedModels(eventStore);
  const reader = parameterReader(query);
  const asked = reader.list('models');
  const keys = asked.length > 0 ? asked : BUILT_IN.filter((model) => !isLearned(model)).map(({ id }) => id);
  const models = keys.flatMap((key) => {
    const model = findModel(known, key);
    if (model === null) reader.wrong('models', 'QUERY.UNKNOWN_MODEL', unknownModel(known, key));
    else if (isLearned(model))
      reader.wrong(
        'models',
        'QUERY.MODEL_CREDITS_CHANNELS',
        `${key} learns from all paths: it credits no single touch`,
      );
    else return [{ key, model }];
    return [];
  });
  reader.finish();
  return models;
}

/** All events of a lead and of its deals, in the order in which they were recorded. */
async function eventsOfLead(store: EventStore, id: Uuid, upTo?: Position): Promise<readonly RecordedEvent[]> {
  const deals = (await store.streamsOfLead(id)).filter((stream) => stream.startsWith('deal-'));
  const streams = await Promise.all([leadStream(id), ...deals].map((stream) => store.readStream(stream, { upTo })));
  return streams.flat().sort((a, b) => (a.position < b.position ? -1 : 1));
}

type Context = Parameters<typeof creditFacts>[1] & { readonly credits: () => boolean };

interface FoldedLead {
  readonly history: CreditHistory;
  readonly log: readonly TouchLogEntry[];
}

function folded(events: readonly RecordedEvent[], context: Context): FoldedLead {
  let history = NOTHING_YET;
  const log: TouchLogEntry[] = [];
  for (const event of events) {
    if (!TYPES.has(event.type)) continue;
    const step = foldCredit(history, happeningOf(event), { ...context, touchLog: () => log });
    history = step.history;
    if (step.chunk !== null) log.push(...step.chunk);
  }
  return { history, log };
}

const touchesOf = ({ lead }: CreditHistory, log: readonly TouchLogEntry[]): readonly CreditTouch[] =>
  lead === null
    ? []
    : withOrigin(
        lead,
        allTouches(lead.touches, () => log),
      );

/** The facts of credit, gathered by the touch whose dimensions they bear; null: those of no touch. */
function creditByTouch(
  history: CreditHistory,
  log: readonly TouchLogEntry[],
  context: Context,
  touches: readonly CreditTouch[],
  models: number,
): ReadonlyMap<CreditTouch | null, readonly Credit[]> {
  const owners = new Map(touches.map((touch) => [touchDims(touch), touch]));
  const places = new Map<number, { readonly model: number; readonly measure: number }>();
  for (let model = 0; model < models; model++)
    MEASURES.forEach((_, measure) => places.set(modelMetric(model, measure), { model, measure }));
  const credit = new Map<CreditTouch | null, Credit[]>();
  for (const fact of creditFacts(history, context, () => log)) {
    const place = places.get(fact.metric);
    if (place === undefined) continue;
    const owner = owners.get(fact.dims) ?? null;
    const own = credit.get(owner) ?? Array.from({ length: models }, () => NO_CREDIT);
    credit.set(owner, own);
    const isFirst = (fact.class & 1) === 1;
    const more: Credit =
      place.measure === 0
        ? { ...NO_CREDIT, conversions: fact.value, customers: isFirst ? fact.value : 0 }
        : place.measure === 1
          ? { ...NO_CREDIT, revenue: fact.value }
          : { ...NO_CREDIT, costed: 1, profit: fact.value };
    own[place.model] = addCredit(own[place.model] ?? NO_CREDIT, more);
  }
  return credit;
}
