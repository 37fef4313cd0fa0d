import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LaneProgress } from './lane-settings.js';
import { lanesInWorkers } from './worker-lanes.js';

const LIBRARY = pathToFileURL(join(import.meta.dirname, 'worker-lanes.ts')).href;

describe('lanes in worker threads', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'concord-workers-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function entry(body: string): Promise<URL> {
    const file = join(folder, 'lane.mjs');
    await writeFile(
      file,
      `import { workOnLane } from '${LIBRARY}';\nawait workOnLane(async (assignment, settings, signal, onProgress) => {${body}});`,
    );
    return pathToFileURL(file);
  }
  const assignment = { processors: ['leads'], lane: 1, lanes: 2 };

  it('are told what to work on, report, and end when told to', async () => {
    const body = `
      onProgress({ lane: assignment.lane, events: settings.events, position: 7n, caughtUp: true });
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));`;
    const reports: LaneProgress[] = [];
    const reported = new Promise<void>((resolve) => {
      void entry(body).then((url) => {
        const lane = lanesInWorkers(url, { events: 5 }, (progress) => {
          reports.push(progress);
          void lane.stop().then(resolve);
        })(assignment);
      });
    });
    await reported;
    expect(reports).toEqual([{ lane: 1, events: 5, position: 7n, caughtUp: true }]);
  });

  it('say so when they break', async () => {
    const lane = lanesInWorkers(await entry(`throw new Error('broken disk');`), null)(assignment);
    await expect(lane.done).rejects.toMatchObject({ message: 'broken disk' });
  });
});
