import grpc from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { exception, identifier, nameOf, notReady, readEvent, streamDeleted } from './answers.js';
import type { Log, Recorded } from './log.js';
import type { Faults } from './faults.js';

export interface ReadContext {
  readonly log: Log;
  readonly faults: Faults;
  awake(): Promise<void>;
  /** Resolves when something was written after this call. */
  nextWrite(): Promise<void>;
}

type Call = grpc.ServerWritableStream<streams.ReadReq, streams.ReadResp>;

const { status } = grpc;
const PAGE = 32;
const BACKWARDS = streams.ReadReq.Options.ReadDirection.BACKWARDS;

/** Reads of a stream and of $all, and subscriptions to both, without filters. */
export function readCalls(context: ReadContext) {
  const { log, faults } = context;

  function read(call: Call): void {
    const options = call.request.getOptions();
    void (async () => {
      await context.awake();
      if (options?.getUuidOption() === undefined) throw exception(status.INVALID_ARGUMENT, 'uuid_option is missing');
      if (faults.notReady) throw notReady();
      if (options.hasFilter()) throw exception(status.UNIMPLEMENTED, 'this double has no filters');
      if (options.hasSubscription()) await subscribe(call, options);
      else if (options.hasStream()) await readStream(call, options);
      else await readAll(call, options);
      call.end();
    })().catch((error: unknown) => call.emit('error', error));
  }

  async function readStream(call: Call, options: streams.ReadReq.Options): Promise<void> {
    const asked = options.getStream();
    const stream = nameOf(asked?.getStreamIdentifier());
    const back = options.getReadDirection() === BACKWARDS;
    if (log.isDeleted(stream)) throw streamDeleted(stream);
    const last = log.lastRevision(stream);
    if (last === null) {
      const missing = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier(stream));
      call.write(new streams.ReadResp().setStreamNotFound(missing));
      return;
    }
    let from = asked?.hasRevision() === true ? Number(asked.getRevision()) : asked?.hasEnd() === true ? last : 0;
    if (asked?.hasEnd() === true && !back) return;
    await inPages(call, Number(options.getCount()), (limit) => {
      const page = from < 0 ? [] : log.readStream(stream, from, limit, back);
      from += back ? -page.length : page.length;
      return page;
    });
  }

  async function readAll(call: Call, options: streams.ReadReq.Options): Promise<void> {
    const back = options.getReadDirection() === BACKWARDS;
    let from = positionOf(options.getAll(), back ? log.end() : 0);
    await inPages(call, Number(options.getCount()), (limit) => {
      const page = log.readAll(from, limit, back);
      const end = page.at(-1);
      if (end !== undefined) from = back ? end.position : end.position + 1;
      return page;
    });
  }

  /** Throws for a position where no record begins: the real server reads garbage there. */
  function positionOf(all: streams.ReadReq.Options.AllOptions | undefined, otherwise: number): number {
    if (all?.hasEnd() === true) return log.end();
    const position = all?.getPosition();
    if (position === undefined) return otherwise;
    const commit = Number(position.getCommitPosition());
    if (
      position.getCommitPosition() !== position.getPreparePosition() ||
      !(commit === log.end() || log.isPosition(commit))
    )
      throw exception(status.UNKNOWN, `no record begins at C:${commit}/P:${position.getPreparePosition()}`);
    return commit;
  }

  async function inPages(call: Call, count: number, next: (limit: number) => Recorded[]): Promise<void> {
    for (let left = count; left > 0 && !call.cancelled;) {
      const page = next(Math.min(PAGE, left));
      left -= page.length;
      await send(call, page);
      if (page.length < PAGE) return;
    }
  }

  async function subscribe(call: Call, options: streams.ReadReq.Options): Promise<void> {
    const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(crypto.randomUUID());
    const next = options.hasAll() ? eventsOfAll(options) : eventsOfStream(options);
    call.write(new streams.ReadResp().setConfirmation(confirmation));
    let live = false;
    while (!call.cancelled) {
      const written = context.nextWrite();
      await context.awake();
      const page = next();
      await send(call, page);
      if (page.length > 0) {
        live &&= page.length < PAGE;
        continue;
      }
      if (!live) call.write(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
      live = true;
      await written;
    }
  }

  function eventsOfAll(options: streams.ReadReq.Options): () => Recorded[] {
    // Exclusive, so the next record is at least a byte further.
    const position = options.getAll();
    let from =
      position?.hasPosition() === true ? positionOf(position, 0) + 1 : position?.hasEnd() === true ? log.end() : 0;
    return () => {
      const page = log.readAll(from, PAGE, false);
      from = (page.at(-1)?.position ?? from - 1) + 1;
      return page;
    };
  }

  function eventsOfStream(options: streams.ReadReq.Options): () => Recorded[] {
    const asked = options.getStream();
    const stream = nameOf(asked?.getStreamIdentifier());
    let from =
      asked?.hasRevision() === true
        ? Number(asked.getRevision()) + 1
        : asked?.hasEnd() === true
          ? (log.lastRevision(stream) ?? -1) + 1
          : 0;
    return () => {
      const page = log.readStream(stream, from, PAGE, false);
      from += page.length;
      if (page.length === 0 && log.isDeleted(stream)) throw streamDeleted(stream);
      return page;
    };
  }

  return { read };
}

async function send(call: Call, page: readonly Recorded[]): Promise<void> {
  for (const event of page) {
    if (call.cancelled) return;
    if (call.write(readEvent(event))) continue;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        call.off('drain', go);
        call.off('cancelled', go);
        call.off('close', go);
        resolve();
      };
      call.on('drain', go);
      call.on('cancelled', go);
      call.on('close', go);
    });
  }
  // Lets others in between pages.
  if (page.length > 0) await new Promise((resolve) => setImmediate(resolve));
}
