import { Injectable } from '@nestjs/common';
import { CommandBus, type Command } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';

/** The body of every answer to a command. */
export interface CommandAnswer {
  readonly id: string;
  readonly revision: number;
  readonly position: string;
  readonly repeated: boolean;
  readonly events: readonly { readonly id: string; readonly type: string; readonly revision: number }[];
}

export interface HttpExchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * The one way from a validated request to the command bus: makes the context from the headers (idempotency, actor,
 * correlation, If-Match), sends the command, and sets status, ETag, Location, Idempotency-Key and X-Correlation-Id.
 */
@Injectable()
export class CommandEndpoint {
  constructor(private readonly bus: CommandBus) {}

  /** `route` is the use case's name, `target` the id in the path ('' at creation), `location` makes a 201 when something was created. */
  async run(
    _exchange: HttpExchange,
    _use: { readonly route: string; readonly target: string; readonly body: unknown; readonly location?: (id: string) => string },
    _command: (context: CommandContext) => Command<Outcome>,
  ): Promise<CommandAnswer> {
    void this.bus;
    void ({} as Uuid);
    throw new Error('not yet');
  }

  /** Many commands in one request: each item is answered alone, in order, as an answer or as the body of a problem. Always 200. */
  async runMany(
    _exchange: HttpExchange,
    _use: { readonly route: string; readonly target: string; readonly body: unknown },
    _command: (context: CommandContext) => Command<readonly (Outcome | DomainError)[]>,
  ): Promise<{ readonly items: readonly unknown[] }> {
    void this.bus;
    throw new Error('not yet');
  }
}
