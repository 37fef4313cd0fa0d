// npx finds a package's own command only by copying it into a cache; a link among the installed commands is found at once,
// and the pinned runtime beside it comes first on the PATH. On Windows npx goes its own way.
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';

if (process.platform !== 'win32') {
  const commands = new URL('../node_modules/.bin/', import.meta.url);
  const link = new URL('concord', commands);
  mkdirSync(commands, { recursive: true });
  rmSync(link, { force: true });
  symlinkSync('../../bin/concord.mjs', link);
  chmodSync(new URL('concord.mjs', import.meta.url), 0o755);
}
