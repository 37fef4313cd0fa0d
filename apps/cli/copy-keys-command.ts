import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ownFile } from '#apps/composition/stores.js';
import { copyKeys } from '#privacy/copy-keys.js';
import type { KeyStore } from '#privacy/key-store.js';
import { openMongoKeyStore } from '#privacy/mongodb/mongodb-key-store.js';
import { openSqliteKeyStore } from '#privacy/sqlite/sqlite-key-store.js';
import { printJson } from './ask/ask.js';
import { EXIT, UsageError, type ExitCode } from './exit-code.js';
import { progressBar } from './output/progress.js';
import { numberText } from './output/values.js';

/** `sqlite:FOLDER`, or an address of a MongoDB database. */
type Place = { readonly folder: string } | { readonly address: string };

/**
 * `concord keys copy --from PLACE --to PLACE`: gives the keys of personal data to another key store, which then reads what names them. May
 * be interrupted and run again. Shows counts only, never a key nor an address, which may hold a password.
 */
export async function copyKeysCommand({
  from,
  to,
  json,
}: {
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}): Promise<ExitCode> {
  const [source, target] = [placeOf('--from', from), placeOf('--to', to)];
  const original = await openSource(source);
  try {
    if (keyOf(source) === keyOf(target)) throw new UsageError('--from and --to name the same keys');
    const copy = await openTarget(target);
    const bar = progressBar('Copying', { unit: 'keys' });
    try {
      const done = await copyKeys(original, copy, (n, of) => bar.update(n, of));
      bar.stop();
      if (json === true) printJson(done);
      else process.stdout.write(summary(done));
    } finally {
      bar.stop();
      await copy.close();
    }
  } finally {
    await original.close();
  }
  return EXIT.done;
}

function placeOf(option: string, text: string): Place {
  if (/^mongodb(\+srv)?:\/\/[^/]+\/[^/?]+/.test(text)) return { address: text };
  const folder = /^sqlite:(.+)$/.exec(text)?.[1];
  if (folder !== undefined) return { folder: resolve(folder) };
  throw new UsageError(`${option} takes sqlite:FOLDER or mongodb://HOST/DATABASE`);
}

const keyOf = (place: Place): string => {
  if ('address' in place) return place.address;
  return existsSync(place.folder) ? realpathSync(place.folder) : place.folder;
};

async function openSource(place: Place): Promise<KeyStore> {
  if ('address' in place) return openMongoKeyStore(place);
  const file = join(place.folder, 'keys.sqlite');
  if (!existsSync(file)) throw new UsageError(`there are no keys in ${place.folder}`);
  return openSqliteKeyStore(file);
}

async function openTarget(place: Place): Promise<KeyStore> {
  if ('address' in place) return openMongoKeyStore(place);
  mkdirSync(place.folder, { recursive: true, mode: 0o700 });
  return openSqliteKeyStore(ownFile(place.folder, 'keys.sqlite'));
}

function summary({ adopted, known, destroyed }: Awaited<ReturnType<typeof copyKeys>>): string {
  const notes = [
    ...(known > 0 ? [`${numberText(known)} were there already`] : []),
    ...(destroyed > 0 ? [`${numberText(destroyed)} were destroyed there and stay so`] : []),
  ];
  return `${[`Copied ${numberText(adopted)} keys`, ...notes].join('; ')}.
The old keys still open the ledger and its backups: remove them once the new place is backed up (docs/production.md).
`;
}
