import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger, type Ledger } from '#apps/composition/ledger.js';
import { readConfig } from '#platform/config/config.js';
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
  const config = readConfig({ ...env, ...(data === undefined ? {} : { CONCORD_DATA: data }) });
  if (mustExist && !existsSync(join(config.dataFolder, 'ledger.sqlite'))) {
    throw new UsageError(
      `there is no ledger in ${config.dataFolder}; "concord demo --leads 1000" or "concord import" makes one, --data names another folder`,
    );
  }
  const ledger = await openLedger(config);
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}
