import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** The project's folder, also when this runs from `dist`. */
const PROJECT = join(import.meta.dirname, '../..').replace(/\/dist$/, '');
const CACHE = join(PROJECT, 'node_modules/.cache/concord/jars');
const run = promisify(execFile);

export interface Jars {
  /** Where the jars lie. */
  readonly folder: string;
  /** For `java -cp`: the jars, and what was compiled from the folder's own `*.java`. */
  readonly classpath: string;
}

/**
 * The jars that the `pom.xml` in `place` (a folder of the project) asks for, and the folder's `*.java` compiled against them. Fetched by Maven once and kept
 * until one of these files changes; two processes that ask at once wait for each other.
 */
export async function mavenJars(place: string): Promise<Jars> {
  const folder = join(PROJECT, place);
  const kept = keptAt(folder);
  if (!existsSync(kept)) {
    await mkdir(CACHE, { recursive: true });
    await holding(`${CACHE}/lock`, async () => {
      if (!existsSync(kept)) await fetchInto(folder, kept);
    });
  }
  return { folder: kept, classpath: `${join(kept, 'classes')}:${join(kept, '*')}` };
}

/** Why the jars of that folder cannot be run here, or null. */
export function javaMissing(place: string): string | null {
  if (!answers('java', '-version')) return 'no Java (17 or later) on the PATH';
  if (existsSync(keptAt(join(PROJECT, place))) || answers('mvn', '-version')) return null;
  return 'no Maven (mvn) on the PATH to fetch the server with';
}

const answers = (command: string, question: string): boolean =>
  spawnSync(command, [question], { stdio: 'ignore' }).status === 0;

function keptAt(folder: string): string {
  const hash = createHash('sha256');
  for (const name of inputs(folder)) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return join(CACHE, `${basename(folder)}-${hash.digest('hex').slice(0, 16)}`);
}

const inputs = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name === 'pom.xml' || name.endsWith('.java'))
    .sort();

async function fetchInto(folder: string, kept: string): Promise<void> {
  const draft = `${kept}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(join(draft, 'classes'), { recursive: true });
  const quietly = ['-q', '-B', '-f', join(folder, 'pom.xml')];
  await asked('mvn', [...quietly, 'dependency:copy-dependencies', `-DoutputDirectory=${draft}`]);
  const sources = inputs(folder).filter((name) => name.endsWith('.java'));
  if (sources.length > 0) {
    const compiled = ['-d', join(draft, 'classes'), '-cp', join(draft, '*')];
    await asked('javac', [...compiled, ...sources.map((name) => join(folder, name))]);
  }
  await rename(draft, kept);
}

async function asked(command: string, options: readonly string[]): Promise<void> {
  try {
    await run(command, options);
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string }; // as execFile rejects
    if (code === 'ENOENT')
      throw new Error(`"${command}" is not on the PATH; docs/testing.md says what the servers need`, { cause: error });
    throw new Error(`${command} ${options.join(' ')} failed:\n${stdout ?? ''}${stderr ?? ''}`, { cause: error });
  }
}

/** One holder at a time over all processes; what a dead one left is taken over. */
async function holding(lock: string, work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      const file = await open(lock, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // as the file system rejects
      if (await abandoned(lock)) await rm(lock, { force: true });
      else await sleep(200);
    }
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function abandoned(lock: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(lock, 'utf8'));
    // Made, but not yet written to.
    if (pid === 0) return Date.now() - (await stat(lock)).mtimeMs > 10_000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'; // as process.kill throws
  }
}
