import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Req, Res, type OnModuleDestroy } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EVENT_STORE, type EventStore } from '#event-store/event-store.js';
import { DomainError } from '#kernel/errors.js';
import { EVERY_PUBLIC_EVENT } from '../public-events/every-public-event.js';
import type { Query as Parameters } from '../questions/query-parameters.js';
import { FEED_EXAMPLE } from './feed-example.js';
import { feedPlace } from './feed-place.js';
import { feedRequest } from './feed-request.js';
import { ndjsonOf } from './ndjson.js';
import { typesFor } from './pay-types.js';
import { sseOf } from './sse.js';

/** Each holds a connection, and a page of events. */
const MOST_READERS = 100;
const ID_EXAMPLE = '9b2d6c0e-7a51-4f0c-8d0e-2f1a3b4c5d6e:20417';

@ApiTags('events')
@Controller('feed')
export class FeedController implements OnModuleDestroy {
  private readonly readers = new Set<AbortController>();

  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  @Get()
  @ApiOperation({
    summary: 'Public events as they are recorded: server-sent events, or a bounded page of NDJSON',
    description:
      'Every event is a CloudEvent 1.0 (structured mode) without personal data; GET /asyncapi.json describes them. With server-sent events (the default) it gives the history after `after` and goes on live; a browser that loses it comes back by itself with `Last-Event-ID`. With NDJSON (`Accept: application/x-ndjson` or `format=ndjson`) it gives up to `limit` lines and ends; fewer lines mean that the end was reached; the `feedid` of the last line is the next `after`. An id of another ledger is 409 `FEED.OTHER_LEDGER`.',
  })
  @ApiQuery({
    name: 'after',
    required: false,
    example: ID_EXAMPLE,
    description: 'An id of the feed, or `now`; default the beginning.',
  })
  @ApiQuery({
    name: 'type',
    required: false,
    isArray: true,
    type: String,
    example: 'lead.created',
    description: 'Only these; repeated for "or".',
  })
  @ApiQuery({ name: 'format', required: false, enum: ['sse', 'ndjson'] })
  @ApiQuery({
    name: 'limit',
    required: false,
    type: Number,
    example: 1000,
    description: 'Of NDJSON: 1 to 10000, usually 1000.',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, example: ID_EXAMPLE, description: 'Counts before `after`.' })
  @ApiOkResponse({
    description: 'The events, oldest first.',
    content: {
      'text/event-stream': {
        schema: { type: 'string' },
        example: `id: ${ID_EXAMPLE}\ndata: ${JSON.stringify(FEED_EXAMPLE)}\n\n`,
      },
      'application/x-ndjson': {
        schema: { type: 'string' },
        example: `${JSON.stringify({ feedid: ID_EXAMPLE, ...FEED_EXAMPLE })}\n`,
      },
    },
  })
  async feed(@Query() query: Parameters, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { store } = this;
    const contract = EVERY_PUBLIC_EVENT;
    const { format, after: named, types: asked, limit } = feedRequest(query, request.headers, contract);
    const types = typesFor(request.principal, asked);
    const after = await feedPlace(store, named);
    const { signal } = this.reader(reply);
    const common = { store, contract, after, types, signal };
    const chunks = format === 'sse' ? sseOf(common) : ndjsonOf({ ...common, limit });
    // One chunk ahead of what the connection takes, no more.
    const stream = Readable.from(chunks, { highWaterMark: 1 });
    void reply
      .type(format === 'sse' ? 'text/event-stream' : 'application/x-ndjson')
      // A server that stops waits for its connections; this one has nothing more to give once the stream ends.
      .header('connection', 'close')
      // nginx would hold events back until its buffer is full.
      .header('x-accel-buffering', 'no')
      .send(stream);
  }

  /** They end, and come back to whoever runs next. */
  onModuleDestroy(): void {
    for (const reader of this.readers) reader.abort();
  }

  /** Aborted when the connection closes or the process ends. Throws `FEED.TOO_MANY_READERS`. */
  private reader(reply: FastifyReply): AbortController {
    if (this.readers.size >= MOST_READERS) {
      throw new DomainError('unavailable', 'FEED.TOO_MANY_READERS', `${MOST_READERS} are reading the feed already`);
    }
    const reader = new AbortController();
    this.readers.add(reader);
    reply.raw.once('close', () => {
      this.readers.delete(reader);
      reader.abort();
    });
    return reader;
  }
}
