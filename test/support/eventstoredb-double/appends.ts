import type grpc from '@grpc/grpc-js';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import codes from '@eventstore/db-client/generated/code_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { MAX_APPEND, nameOf, notLeader, notReady, streamDeleted, tooLarge, uuidOf, wrongVersion } from './answers.js';
import type { Expected, Log, Proposed, Written } from './log.js';
import type { Faults } from './faults.js';

export interface AppendContext {
  readonly log: Log;
  readonly faults: Faults;
  /** Resolves when the double is not stalled. */
  awake(): Promise<void>;
  /** Breaks every connection. */
  breakConnections(): void;
  /** Wakes the subscriptions. */
  written(): void;
  port(): number;
}

type Message = streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage;

const proposed = (message: Message): Proposed => ({
  id: uuidOf(message.getId()),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

interface Waiting {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly Proposed[];
  readonly resolve: (written: Written) => void;
  readonly reject: (error: unknown) => void;
}

/** Append, BatchAppend, Delete (soft deletion is not there) and Tombstone. What waits at a time goes into one transaction. */
export function appendCalls(context: AppendContext) {
  const { log, faults } = context;
  let waiting: Waiting[] = [];

  function flush(): void {
    const group = waiting;
    waiting = [];
    try {
      const written = log.append(group);
      for (const [index, one] of group.entries()) one.resolve(written[index] ?? { result: 'deleted' });
      context.written();
    } catch (error) {
      for (const one of group) one.reject(error);
    }
  }

  const write = (stream: string, expected: Expected, events: readonly Proposed[]): Promise<Written> =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ stream, expected, events, resolve, reject });
    });

  /** null: the connection was broken instead of an answer. */
  async function writeWithFaults(stream: string, expected: Expected, events: readonly Proposed[]) {
    await context.awake();
    if (faults.dropBeforeWrite > 0) {
      faults.dropBeforeWrite--;
      context.breakConnections();
      return null;
    }
    const written = await write(stream, expected, events);
    if (faults.dropAfterWrite > 0) {
      faults.dropAfterWrite--;
      context.breakConnections();
      return null;
    }
    if (faults.lateAnswers > 0) {
      faults.lateAnswers--;
      await new Promise((resolve) => setTimeout(resolve, faults.lateMs));
    }
    return written;
  }

  function append(
    call: grpc.ServerReadableStream<streams.AppendReq, streams.AppendResp>,
    answer: grpc.sendUnaryData<streams.AppendResp>,
  ): void {
    let options: streams.AppendReq.Options | undefined;
    const events: Proposed[] = [];
    call.on('data', (request: streams.AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message !== undefined) events.push(proposed(message));
    });
    call.on('end', () => {
      void (async () => {
        if (options === undefined) {
          answer(new Error('no options'));
          return;
        }
        if (faults.notReady) {
          answer(notReady());
          return;
        }
        if (faults.notLeader > 0) {
          faults.notLeader--;
          answer(notLeader(context.port()));
          return;
        }
        if (sizeOf(events) > MAX_APPEND) {
          answer(tooLarge());
          return;
        }
        const stream = nameOf(options.getStreamIdentifier());
        const expected = expectedBy(options, options.hasRevision() ? Number(options.getRevision()) : null);
        const written = await writeWithFaults(stream, expected, events);
        if (written === null) return;
        if (written.result === 'deleted') {
          answer(streamDeleted(stream));
          return;
        }
        answer(null, written.result === 'success' ? appended(written) : refused(expected, written.current));
      })().catch((error: unknown) => answer(error as Error));
    });
  }

  function batchAppend(call: grpc.ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>): void {
    const open = new Map<string, { options: streams.BatchAppendReq.Options; events: Proposed[] }>();
    call.on('data', (request: streams.BatchAppendReq) => {
      const correlation = uuidOf(request.getCorrelationId());
      const options = request.getOptions();
      if (options !== undefined) open.set(correlation, { options, events: [] });
      const batch = open.get(correlation);
      if (batch === undefined) return;
      batch.events.push(...request.getProposedMessagesList().map(proposed));
      if (!request.getIsFinal()) return;
      open.delete(correlation);
      void finish(call, request, batch).catch((error: unknown) => call.destroy(error as Error));
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  }

  async function finish(
    call: grpc.ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>,
    request: streams.BatchAppendReq,
    { options, events }: { options: streams.BatchAppendReq.Options; events: Proposed[] },
  ): Promise<void> {
    const stream = nameOf(options.getStreamIdentifier());
    const expected = expectedBy(options, options.hasStreamPosition() ? Number(options.getStreamPosition()) : null);
    const answer = new streams.BatchAppendResp()
      .setCorrelationId(request.getCorrelationId())
      .setStreamIdentifier(options.getStreamIdentifier());
    const fail = (code: codes.Code, message: string, type: string, detail: { serializeBinary(): Uint8Array }) => {
      const details = new anyPb.Any();
      details.pack(detail.serializeBinary(), `event_store.client.${type}`, 'type.googleapis.com/');
      return call.write(answer.setError(new statusPb.Status().setCode(code).setMessage(message).setDetails(details)));
    };
    if (faults.notReady) return void call.emit('error', notReady());
    if (sizeOf(events) > MAX_APPEND) {
      fail(
        codes.Code.INVALID_ARGUMENT,
        'Too large',
        'MaximumAppendSizeExceeded',
        new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND),
      );
      return;
    }
    const written = await writeWithFaults(stream, expected, events);
    if (written === null) return;
    if (written.result === 'deleted') {
      fail(
        codes.Code.NOT_FOUND,
        'Deleted',
        'StreamDeleted',
        new shared.StreamDeleted().setStreamIdentifier(options.getStreamIdentifier()),
      );
    } else if (written.result === 'wrong-version') {
      const wrong = new shared.WrongExpectedVersion();
      if (written.current === null) wrong.setCurrentNoStream(new emptyPb.Empty());
      else wrong.setCurrentStreamRevision(String(written.current));
      if (expected === 'any') wrong.setExpectedAny(new emptyPb.Empty());
      else if (expected === 'exists') wrong.setExpectedStreamExists(new emptyPb.Empty());
      else if (expected === 'no-stream') wrong.setExpectedNoStream(new emptyPb.Empty());
      else wrong.setExpectedStreamPosition(String(expected));
      fail(codes.Code.ALREADY_EXISTS, 'Wrong expected version', 'WrongExpectedVersion', wrong);
    } else {
      const success = new streams.BatchAppendResp.Success();
      if (written.revision < 0) success.setNoStream(new emptyPb.Empty());
      else success.setCurrentRevision(String(written.revision));
      if (written.position === null) success.setNoPosition(new emptyPb.Empty());
      else success.setPosition(at(new shared.AllStreamPosition(), written.position));
      call.write(answer.setSuccess(success));
    }
  }

  function tombstone(
    call: grpc.ServerUnaryCall<streams.TombstoneReq, streams.TombstoneResp>,
    answer: grpc.sendUnaryData<streams.TombstoneResp>,
  ): void {
    const options = call.request.getOptions();
    if (options === undefined) {
      answer(new Error('no options'));
      return;
    }
    const stream = nameOf(options.getStreamIdentifier());
    const expected = expectedBy(options, options.hasRevision() ? Number(options.getRevision()) : null);
    const written = log.tombstone(stream, expected);
    context.written();
    if (written.result === 'deleted') {
      answer(streamDeleted(stream));
      return;
    }
    if (written.result === 'wrong-version') {
      answer(wrongVersion(stream, expected, written.current));
      return;
    }
    const position = at(new streams.TombstoneResp.Position(), written.position ?? 0);
    answer(null, new streams.TombstoneResp().setPosition(position));
  }

  return { append, batchAppend, tombstone };
}

const sizeOf = (events: readonly Proposed[]): number => events.reduce((sum, { data }) => sum + data.length, 0);

interface HasExpected {
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}

const expectedBy = (options: HasExpected, revision: number | null): Expected =>
  revision ?? (options.hasNoStream() ? 'no-stream' : options.hasStreamExists() ? 'exists' : 'any');

function at<T extends { setCommitPosition(value: string): unknown; setPreparePosition(value: string): unknown }>(
  to: T,
  position: number,
): T {
  to.setCommitPosition(String(position));
  to.setPreparePosition(String(position));
  return to;
}

function appended({ revision, position }: Extract<Written, { result: 'success' }>): streams.AppendResp {
  const success = new streams.AppendResp.Success();
  if (revision < 0) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(String(revision));
  if (position === null) success.setNoPosition(new shared.Empty());
  else success.setPosition(at(new streams.AppendResp.Position(), position));
  return new streams.AppendResp().setSuccess(success);
}

function refused(expected: Expected, current: number | null): streams.AppendResp {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (current === null) wrong.setCurrentNoStream(new shared.Empty()).setNoStream2060(new shared.Empty());
  else wrong.setCurrentRevision(String(current)).setCurrentRevision2060(current);
  if (expected === 'any') wrong.setExpectedAny(new shared.Empty()).setAny2060(new shared.Empty());
  else if (expected === 'exists')
    wrong.setExpectedStreamExists(new shared.Empty()).setStreamExists2060(new shared.Empty());
  else if (expected === 'no-stream') wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedRevision(String(expected)).setExpectedRevision2060(expected);
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
}
