import { inProduction } from './support/in-production.js';

await inProduction('maven', () => import('./maven.spec.js'));
