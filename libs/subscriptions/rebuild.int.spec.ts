import { rebuildSuite } from './testing/rebuild.suite.js';
import { openWorkbench } from './testing/workbench.js';

rebuildSuite('SQLite', () => openWorkbench());
