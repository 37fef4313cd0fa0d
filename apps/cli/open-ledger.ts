import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger, type Ledger } from '#apps/composition/ledger.js';
import { readConfig, type Config } from '#platform/config/config.js';
import { UsageError } from './exit-code.js';

/**
 * Opens the ledger in a folder for as long as `work` takes. `mustExist`: a question makes no ledger where there is none.
 */
export async function withLedger<Result>(
  data: string | undefined,
  env: NodeJS.ProcessEnv,
  { mustExist }: { readonly mustExist: boolean },
  work: (ledger: Ledger) => Promise<Result>,
): Promise<Result> {
  const config = configOf(data, env);
  if (mustExist && config.ledgerAddress === undefined && !existsSync(join(config.dataFolder, 'ledger.sqlite'))) {
    throw new UsageError(
      `there is no ledger in ${config.dataFolder}; "concord demo --leads 1000" or "concord import" makes one, --data names another folder`,
    );
  }
  return opened(config, work, { mustExist });
}

/**
 * For what only tries something out: the ledger of the folder, or, where there is none, an empty one in a temporary folder that is gone
 * afterwards.
 */
export async function withLedgerToTry<Result>(
  data: string | undefined,
  env: NodeJS.ProcessEnv,
  work: (ledger: Ledger) => Promise<Result>,
): Promise<Result> {
  const config = configOf(data, env);
  if (
    config.ledgerAddress !== undefined ||
    (existsSync(config.dataFolder) && readdirSync(config.dataFolder).length > 0)
  )
    return opened(config, work);
  const dataFolder = mkdtempSync(join(tmpdir(), 'concord-try-'));
  try {
    return await opened({ ...config, dataFolder }, work);
  } finally {
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 3 });
  }
}

const configOf = (data: string | undefined, env: NodeJS.ProcessEnv): Config =>
  readConfig({ ...env, ...(data === undefined ? {} : { CONCORD_DATA: data }) });

async function opened<Result>(
  config: Config,
  work: (ledger: Ledger) => Promise<Result>,
  options?: { readonly mustExist: boolean },
): Promise<Result> {
  const ledger = await openLedger(config, options);
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}
