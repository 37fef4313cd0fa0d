#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';

// npm puts the pinned runtime (the npm package "node") first on the PATH of scripts and of npx.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `concord needs Node 24 or newer, this is ${process.version}. Run it as "npx concord", which uses the pinned runtime.`,
  );
  process.exit(1);
}
const main = new URL('../dist/apps/cli/main.js', import.meta.url);
if (!existsSync(main)) {
  console.error('concord is not built yet: run "npm ci" (or "npm run build").');
  process.exit(1);
}
process.env.CONCORD_PROGRAM_VERSION = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
).version;
process.removeAllListeners('warning');
await import(main.href);
