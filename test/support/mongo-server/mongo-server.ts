import { javaMissing, mavenJars } from '../maven-jars.js';
import { startServerProcess, type ServerProcess } from '../server-process.js';

const PLACE = 'test/support/mongo-server';

export interface MongoServer {
  /** `mongodb://127.0.0.1:PORT`; a database is named behind it. The same after a restart. */
  readonly address: string;
  /** kill -9. What is in memory is gone; a file comes back as it was some hundred writes earlier. */
  kill(): Promise<void>;
  /** Ends it cleanly: a file keeps everything. */
  stop(): Promise<void>;
  /** Starts it again, on the same port and file. */
  restart(): Promise<void>;
}

/** Why it cannot be started here, or null. */
export const mongoServerMissing = (): string | null => javaMissing(PLACE);

/**
 * Starts a MongoDB-wire server on a free loopback port, in memory or on a file. It is mongo-java-server, not MongoDB: no transactions,
 * no sessions, no write concern.
 */
export async function startMongoServer(settings: { readonly file?: string } = {}): Promise<MongoServer> {
  const { classpath } = await mavenJars(PLACE);
  const start = (port: number): Promise<ServerProcess> =>
    startServerProcess({
      command: 'java',
      args: [
        ...['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', classpath, 'Launcher', String(port)],
        ...(settings.file === undefined ? [] : [settings.file]),
      ],
      ready: /listening on \d+/,
    });
  let server = await start(0);
  const port = Number(/listening on (\d+)/.exec(server.output())?.[1]);
  return {
    address: `mongodb://127.0.0.1:${port}`,
    kill: () => server.kill(),
    stop: () => server.stop(),
    restart: async () => {
      server = await start(port);
    },
  };
}
