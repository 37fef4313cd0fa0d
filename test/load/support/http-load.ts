import { connect, type Socket } from 'node:net';

export interface HttpLoad {
  readonly port: number;
  readonly connections: number;
  readonly requests: readonly { readonly path: string; readonly body: string }[];
}

/**
 * Sends the requests over keep-alive connections, each waiting for its answer, and gives answers a second. Written on bare sockets so that
 * the client costs as little as it can of a machine that it shares with the server. Throws at an answer that is not 2xx.
 */
export async function sendLoad({ port, connections, requests }: HttpLoad): Promise<number> {
  const texts = requests.map(({ path, body }) => Buffer.from(requestText(path, body)));
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(port)));
  let next = 0;
  const began = performance.now();
  await Promise.all(sockets.map((socket) => drive(socket, () => texts[next++])));
  const ms = performance.now() - began;
  for (const socket of sockets) socket.destroy();
  return (texts.length / ms) * 1_000;
}

const requestText = (path: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

function drive(socket: Socket, nextRequest: () => Buffer | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const send = (): void => {
      const request = nextRequest();
      if (request === undefined) resolve();
      else socket.write(request);
    };
    socket.once('close', () => reject(new Error('the server closed a connection')));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      const end = answer.indexOf('\r\n\r\n');
      if (end < 0 || answer.length < end + 4 + lengthOf(answer)) return;
      if (!answer.startsWith('HTTP/1.1 2')) reject(new Error(answer));
      answer = '';
      send();
    });
    send();
  });
}

const lengthOf = (answer: string): number => Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);

const task = process.env['CONCORD_BENCH_LOAD'];
if (task !== undefined && process.argv[1] === import.meta.filename) {
  process.on('message', (load) => {
    // from `http.ts` only
    void sendLoad(load as HttpLoad).then((rate) => process.send?.(rate));
  });
}
