import { describeOnServer } from '../../support/describe-on-server.js';
import { productionMissing, productionWorld } from './production-world.js';
import { liveIn } from './world.js';

/** The stories of a spec file, unchanged, on the production engines. */
export async function inProduction(title: string, stories: () => Promise<unknown>): Promise<void> {
  const missing = productionMissing();
  if (missing !== null) {
    describeOnServer(`${title} on the production engines`, missing, () => undefined);
    return;
  }
  const production = productionWorld();
  liveIn(production);
  afterAll(() => production.end());
  await stories();
}
