import { runnerSuite } from './testing/runner.suite.js';
import { openWorkbench } from './testing/workbench.js';

runnerSuite('SQLite', () => openWorkbench());
