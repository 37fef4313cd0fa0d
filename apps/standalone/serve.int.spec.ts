import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '#platform/config/config.js';
import { openLedger } from '#apps/composition/ledger.js';
import { onLedger } from '#apps/composition/on-ledger.js';
import { serve } from './serve.js';

const BODY = JSON.stringify({ company: 'Unhurried' });
const HEAD = `POST /leads HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\nConnection: close\r\n\r\n`;

describe('The server', () => {
  let dataFolder: string;
  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'concord-serve-'));
  });
  afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

  const config = () => readConfig({ CONCORD_DATA: dataFolder, CONCORD_PORT: '0', CONCORD_LOG_LEVEL: 'silent' });

  const { signal } = new AbortController();
  const started = (settings = config()) => onLedger(settings, signal, serve);

  it('takes a free port and says which', async () => {
    const server = await started();
    try {
      expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
      expect(await (await fetch(`${server.url}/health`)).json()).toMatchObject({ status: 'up' });
    } finally {
      await server.stop();
    }
  });

  it('finishes what is under way when it is told to stop, and takes nothing new', async () => {
    const server = await started();
    const port = Number(new URL(server.url).port);
    const slow = await open(port);
    slow.socket.write(HEAD + BODY.slice(0, 5));
    await sleep(50);
    const stopped = server.stop();
    await sleep(50);
    await expect(fetch(`${server.url}/health`)).rejects.toThrow();
    slow.socket.write(BODY.slice(5));
    expect(await slow.answer).toMatch(/^HTTP\/1\.1 201 /);
    await stopped;

    const ledger = await openLedger(config());
    try {
      expect(await ledger.eventStore.head()).toBe(2n);
    } finally {
      await ledger.close();
    }
  });

  it('leaves nothing open when its port is taken', async () => {
    const server = await started();
    const taken = { ...config(), port: Number(new URL(server.url).port) };
    await expect(started(taken)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await server.stop();
  });
});

function open(port: number): Promise<{ socket: Socket; answer: Promise<string> }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const answer = new Promise<string>((done, failed) => {
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => done(text));
      socket.on('error', failed);
    });
    socket.once('connect', () => resolve({ socket, answer }));
    socket.once('error', reject);
  });
}
