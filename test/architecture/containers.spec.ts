import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readConfig } from '#platform/config/config.js';

const root = path.resolve(import.meta.dirname, '../..');
const FILE = path.join(root, 'docker-compose.yml');

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly ports?: readonly string[];
  readonly network_mode?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const { services } = parse(readFileSync(FILE, 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
};
const OURS = ['api', 'projector', 'relay'];

/** `${NAME:-fallback}` and `${NAME:?why}` with nothing but an identity key set. */
const filled = (text: string): string =>
  text.replace(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)\}/g, (_, name: string, fallback: string | undefined) =>
    name === 'CONCORD_IDENTITY_KEY' ? 'k'.repeat(64) : (fallback ?? ''),
  );

// No container engine is needed for what is looked at here, and none was there when it was written (docs/production.md).
describe('docker-compose.yml', () => {
  it("fits the compose specification's schema and its linter", () => {
    const linter = path.join(root, 'node_modules/dclint/bin/dclint.cjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [linter, '--max-warnings', '0', FILE], {
      cwd: root,
      encoding: 'utf8',
    });
    expect({ status, stdout: stdout.trim(), stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  }, 60_000);

  it('pins every image, gives every service that is waited for a health check, and publishes on loopback only', () => {
    for (const [name, service] of Object.entries(services)) {
      expect([name, service.image]).toEqual([name, expect.stringMatching(/:\d+\.\d+\.\d+$/)]);
      for (const port of service.ports ?? [])
        expect([name, port]).toEqual([name, expect.stringMatching(/^127\.0\.0\.1:/)]);
      for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect([other, condition]).toEqual([other, 'service_healthy']);
        expect([other, services[other]?.healthcheck?.test.length ?? 0]).not.toEqual([other, 0]);
      }
    }
  });

  it.each(OURS)('gives the %s settings that it takes, each of which it knows', (name) => {
    const service = services[name];
    const env = Object.fromEntries(
      Object.entries(service?.environment ?? {}).map(([key, text]) => [key, filled(text)]),
    );
    const asked = new Set<string>();
    const watched = new Proxy(env, {
      get(target, key) {
        asked.add(String(key));
        return target[String(key)];
      },
    });
    const config = readConfig(watched, '/', { port: 1, operationsOnly: name !== 'api' });
    expect(service?.command).toEqual([name]);
    expect(config.ledgerAddress).toMatch(/^esdb:/);
    expect(config.identityKey).toHaveLength(64);
    expect(Object.keys(env).filter((key) => !asked.has(key))).toEqual([]);
  });
});

describe('Dockerfile', () => {
  const lines = readFileSync(path.join(root, 'Dockerfile'), 'utf8').split('\n');
  const packages = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };

  it('runs on the pinned runtime, as nobody in particular, from two stages', () => {
    const from = lines.filter((line) => line.startsWith('FROM '));
    expect(from).toHaveLength(2);
    for (const line of from) expect(line).toContain(`node:${packages.devDependencies['node'] ?? ''}-`);
    expect(lines.indexOf('USER node')).toBeGreaterThan(lines.findLastIndex((line) => line.startsWith('FROM ')));
  });

  it('copies nothing that the ignore file keeps from it', () => {
    const admitted = new Set(
      readFileSync(path.join(root, '.dockerignore'), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('!'))
        .map((line) => line.slice(1)),
    );
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
      .flatMap((line) => line.split(' ').slice(1, -1));
    expect(new Set(copied)).toEqual(admitted);
  });
});
