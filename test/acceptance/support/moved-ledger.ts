import { cpSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startServer, succeeds } from './process.js';

export const SECRET = 'Ada.Lovelace@example.com';

/**
 * A lead with an e-mail address in a new ledger on SQLite, which then moves to another folder with its identity key, but without its
 * keys of personal data. Gives the lead's id.
 */
export async function movedLedger(from: string, to: string): Promise<string> {
  const server = await startServer(from);
  const { body } = await server.post('/leads', { person: { email: SECRET }, channel: 'email' });
  await server.stop();
  await succeeds(['copy', '--from', `sqlite:${from}`, '--to', `sqlite:${to}`]);
  cpSync(path.join(from, 'identity.key'), path.join(to, 'identity.key'));
  return (body as { id: string }).id;
}

/** The person of a lead, by a server on the folder. */
export async function personOf(
  lead: string,
  data: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ email: string } | null> {
  const server = await startServer(data, env);
  try {
    return await personAt(server, lead);
  } finally {
    await server.stop();
  }
}

/** The person of a lead, once the read models, which a moved ledger makes anew, know the lead. */
export async function personAt(
  server: Awaited<ReturnType<typeof startServer>>,
  lead: string,
): Promise<{ email: string } | null> {
  const until = Date.now() + 60_000;
  for (;;) {
    const { status, body } = await server.get(`/leads/${lead}`);
    if (status === 200) return (body as { person: { email: string } | null }).person;
    if (Date.now() > until) throw new Error(`GET /leads/${lead} answers ${status}`);
    await delay(100);
  }
}
