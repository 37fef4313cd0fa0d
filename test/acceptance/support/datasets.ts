import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = path.resolve(root, process.env['CONCORD_DATASETS'] ?? '../shared/data');

/** The folder of a published data set, or null where it is absent (CONCORD_DATASETS names the folder that holds them). */
export const dataset = (name: string): string | null => {
  const found = path.join(folder, name);
  return existsSync(found) ? found : null;
};

/** `describe` for a story that needs a data set: says that it skips where the set is absent. */
export function describeWithDataset(name: string, title: string, story: (folder: string) => void): void {
  const found = dataset(name);
  if (found === null) {
    describe.skip(`${title} (skipped: the data set "${name}" is absent, set CONCORD_DATASETS)`, () => {
      it('needs the data set', () => undefined);
    });
  } else {
    describe(title, () => story(found));
  }
}

/** The figures that others published of a data set; what they look like, the story knows. */
export const published = (folder: string): unknown =>
  JSON.parse(readFileSync(path.join(folder, 'published.json'), 'utf8'));
