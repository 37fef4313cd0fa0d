import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  openEmbeddedLedger,
  type EmbeddedLedger,
  type EmbeddedLedgerOptions,
} from '#apps/standalone/embedded-ledger.js';
import { readConfig } from '#platform/config/config.js';
import { UsageError } from './exit-code.js';

export interface OpenedLedger {
  readonly ledger: EmbeddedLedger;
  readonly options: EmbeddedLedgerOptions;
}

/**
 * Opens the ledger in a folder for as long as `work` takes. `mustExist`: a question makes no ledger where there is none.
 */
export async function withLedger<Result>(
  data: string | undefined,
  env: NodeJS.ProcessEnv,
  { mustExist }: { readonly mustExist: boolean },
  work: (opened: OpenedLedger) => Promise<Result>,
): Promise<Result> {
  const config = readConfig({ ...env, ...(data === undefined ? {} : { CONCORD_DATA: data }) });
  if (mustExist && !existsSync(join(config.dataFolder, 'ledger.sqlite'))) {
    throw new UsageError(
      `there is no ledger in ${config.dataFolder}; "concord demo --leads 1000" or "concord import" makes one, --data names another folder`,
    );
  }
  const options = { dataFolder: config.dataFolder, config };
  const ledger = await openEmbeddedLedger(options);
  try {
    return await work({ ledger, options });
  } finally {
    await ledger.close();
  }
}
