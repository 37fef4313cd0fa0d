import { resolve } from 'node:path';

/** A command line that means this ledger, wherever it lies. */
export const commandFor = (command: string, dataFolder: string): string =>
  dataFolder === resolve('data')
    ? `npx concord ${command}`
    : `npx concord ${command} --data '${dataFolder.replaceAll("'", "'\\''")}'`;
