/**
 * A TEST DOUBLE of an EventStoreDB server: what Concord uses of its protocol over real TCP, durable over kill -9, able to misbehave on demand.
 * It is not EventStoreDB. A process of its own, because the client's stubs and a server's break each other within one.
 *
 *     node main.js FILE [PORT [CONTROL_PORT [CLOCK_FILE]]]
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, createServer as createProxy, type Socket, type AddressInfo } from 'node:net';
import grpc from '@grpc/grpc-js';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { exception } from './answers.js';
import { appendCalls } from './appends.js';
import { noFaults } from './faults.js';
import { openLog } from './log.js';
import { readCalls } from './reads.js';

const [file = '', port = '0', controlPort = '0', clockFile = ''] = process.argv.slice(2);
const faults = noFaults();
const now = (): number => (clockFile === '' ? Date.now() : Number(readFileSync(clockFile, 'utf8'))) + faults.skewMs;
const log = openLog(file, now);

let wakeReaders: (() => void)[] = [];
let wakeStalled: (() => void)[] = [];
const connections = new Set<Socket>();
let publicPort = 0;

const context = {
  log,
  faults,
  awake: (): Promise<void> =>
    faults.stalled ? new Promise((resolve) => wakeStalled.push(resolve)) : Promise.resolve(),
  nextWrite: (): Promise<void> => new Promise((resolve) => wakeReaders.push(resolve)),
  written(): void {
    const readers = wakeReaders;
    wakeReaders = [];
    for (const wake of readers) wake();
  },
  breakConnections(): void {
    for (const socket of connections) socket.resetAndDestroy();
  },
  port: () => publicPort,
};

const server = new grpc.Server({
  'grpc.max_receive_message_length': 17 * 1024 * 1024,
  'grpc.keepalive_permit_without_calls': 1,
});
server.addService(streamsGrpc.StreamsService, {
  ...appendCalls(context),
  ...readCalls(context),
  delete: (_call: unknown, answer: grpc.sendUnaryData<never>) =>
    answer(exception(grpc.status.UNIMPLEMENTED, 'this double has no soft deletion')),
});
server.addService(featuresGrpc.ServerFeaturesService, {
  getSupportedMethods: (_call: unknown, answer: grpc.sendUnaryData<features.SupportedMethods>) => {
    const methods = new features.SupportedMethods().setEventStoreServerVersion('24.6.0');
    for (const [name, having] of [
      ['append', []],
      ['batchappend', ['deadline_duration']],
      ['read', ['position', 'events']],
      ['tombstone', []],
    ] as const) {
      const service = 'event_store.client.streams.streams';
      methods.addMethods(
        new features.SupportedMethod()
          .setServiceName(service)
          .setMethodName(name)
          .setFeaturesList([...having]),
      );
    }
    answer(null, methods);
  },
});
server.addService(gossipGrpc.GossipService, {
  read: (_call: unknown, answer: grpc.sendUnaryData<gossip.ClusterInfo>) => {
    if (faults.gossipFails) {
      answer(exception(grpc.status.UNAVAILABLE, 'Server Is Not Ready'));
      return;
    }
    const member = new gossip.MemberInfo()
      .setInstanceId(new shared.UUID().setString('11111111-1111-4111-8111-111111111111'))
      .setTimeStamp(String(BigInt(Date.now()) * 10_000n))
      .setState(gossip.MemberInfo.VNodeState.LEADER)
      .setIsAlive(true)
      .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(publicPort));
    answer(null, new gossip.ClusterInfo().setMembersList([member]));
  },
});

/** Clients come through here, so that their connections can be broken. */
function proxyTo(inner: number) {
  return createProxy((socket) => {
    const upstream = connect(inner, '127.0.0.1');
    connections.add(socket);
    socket.setNoDelay(true);
    upstream.setNoDelay(true);
    socket.pipe(upstream).pipe(socket);
    const end = (): void => {
      connections.delete(socket);
      socket.destroy();
      upstream.destroy();
    };
    for (const one of [socket, upstream]) one.on('error', end).on('close', end);
  });
}

/** `POST` a part of `Faults`; `{"dropConnections": true}` breaks them at once. */
const control = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    const asked = JSON.parse(body) as { dropConnections?: boolean };
    if (asked.dropConnections === true) context.breakConnections();
    Object.assign(faults, asked);
    if (!faults.stalled) {
      for (const wake of wakeStalled) wake();
      wakeStalled = [];
    }
    response.end(JSON.stringify(faults));
  });
});

server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, inner) => {
  if (error !== null) throw error;
  const proxy = proxyTo(inner);
  proxy.listen(Number(port), '127.0.0.1', () => {
    publicPort = (proxy.address() as AddressInfo).port;
    control.listen(Number(controlPort), '127.0.0.1', () => {
      console.log(`listening on ${publicPort}, control on ${(control.address() as AddressInfo).port}`);
    });
  });
});
process.on('SIGTERM', () => {
  log.close();
  process.exit(0);
});
