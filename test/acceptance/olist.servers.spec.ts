import { inProduction } from './support/in-production.js';

await inProduction('olist', () => import('./olist.spec.js'));
