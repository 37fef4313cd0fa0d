#!/usr/bin/env node
// npm puts the pinned runtime (the npm package "node") first on the PATH of scripts and of npx.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `concord needs Node 24 or newer, this is ${process.version}. Run it as "npx concord", which uses the pinned runtime.`,
  );
  process.exit(1);
}
process.removeAllListeners('warning');
await import(new URL('../dist/apps/cli/main.js', import.meta.url).href);
