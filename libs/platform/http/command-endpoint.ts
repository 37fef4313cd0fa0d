import { Inject, Injectable } from '@nestjs/common';
import { CommandBus, type Command } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import { installationOf, EVENT_STORE, type EventStore } from '#event-store/event-store.js';
import { uuidv5 } from '#kernel/ids.js';
import { positionText } from '#kernel/position.js';
import { IDENTITY_HASHER, type IdentityHasher } from '../identity.js';
import { ROSTER, type Roster } from '../roster.js';
import { commandContextOf, type CommandUse, type ContextSources } from './command-context.js';

/** The body of every answer to a command. */
export interface CommandAnswer {
  readonly id: string;
  readonly revision: number;
  readonly position: string;
  readonly repeated: boolean;
  readonly events: readonly { readonly id: string; readonly type: string; readonly revision: number }[];
  /** What else the command names, e.g. `paymentId`: where the body leaves it out it is derived, and later commands need it. */
  readonly [part: string]: unknown;
}

export interface HttpExchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface EndpointUse extends CommandUse {
  /** Where the thing can be read; makes the answer a 201 when something was created. */
  readonly location?: (id: string) => string;
  /** A part of the thing that the command is about (a payment of a deal): the member of the answer that names it, and its id where the body gave one. */
  readonly part?: {
    readonly kind: 'touch' | 'payment' | 'refund' | 'dispute';
    readonly given: string | null | undefined;
  };
  /** Whether the outcome created something; by default: it began a stream. */
  readonly created?: (outcome: Outcome) => boolean;
}

/**
 * The one way from a validated request to the command bus: makes the context from the headers (idempotency, actor,
 * correlation, If-Match), sends the command, and sets status, ETag, Location and Idempotency-Key
 * (X-Correlation-Id stands on every answer, see `fastify-app.ts`).
 */
@Injectable()
export class CommandEndpoint {
  private readonly sources: ContextSources;

  constructor(
    private readonly bus: CommandBus,
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(ROSTER) roster: Roster,
    @Inject(IDENTITY_HASHER) hasher: IdentityHasher,
  ) {
    this.sources = { installation: installationOf(store), roster, hasher };
  }

  /** `route` is the use case's name, `target` the id in the path ('' at creation), `location` makes a 201 when something was created. */
  async run(
    exchange: HttpExchange,
    use: EndpointUse,
    command: (context: CommandContext) => Command<Outcome>,
  ): Promise<CommandAnswer> {
    const context = await this.context(exchange, use);
    const outcome = await this.bus.execute(command(context));
    const { reply } = exchange;
    reply.header('etag', `"${outcome.revision}"`);
    const created = use.location !== undefined && !outcome.repeated && (use.created ?? beganStream)(outcome);
    reply.status(created ? 201 : 200);
    if (created) reply.header('location', use.location(outcome.id));
    const { part } = use;
    return part === undefined
      ? commandAnswer(outcome)
      : { ...commandAnswer(outcome), [`${part.kind}Id`]: part.given ?? uuidv5(context.commandId, part.kind) };
  }

  /** The context alone, for a route that sends several commands; sets Idempotency-Key. */
  async context({ request, reply }: HttpExchange, use: CommandUse): Promise<CommandContext> {
    const { context, key } = await commandContextOf(this.sources, request, use, Date.now());
    reply.header('idempotency-key', key);
    return context;
  }
}

/** The wire shape of an outcome. */
export const commandAnswer = (outcome: Outcome): CommandAnswer => ({
  id: outcome.id,
  revision: outcome.revision,
  position: positionText(outcome.position),
  repeated: outcome.repeated,
  events: outcome.events,
});

const beganStream = (outcome: Outcome): boolean => outcome.events.some((event) => event.revision === 0);
