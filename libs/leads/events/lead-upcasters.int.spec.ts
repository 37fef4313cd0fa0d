import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { upcasterRegistry } from '#event-store/upcasting.js';
import type { Json } from '#kernel/json.js';
import { LEAD_UPCASTERS } from './lead-upcasters.js';

const FOLDER = join(import.meta.dirname, 'upcasters/golden');
const registry = upcasterRegistry(LEAD_UPCASTERS);

/** `lead.touched.v1.json`: what a payload of that version looked like, in clear. */
const golden = readdirSync(FOLDER).map((file) => {
  const [, type = '', version = ''] = /^(.+)\.v(\d+)\.json$/.exec(file) ?? [];
  return { type, version: Number(version), data: JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Json };
});
const currentOf = (type: string) =>
  golden.find((each) => each.type === type && each.version === registry.currentVersion(type));

describe('golden payloads of lead events', () => {
  it.each(golden.map((each) => [each.type, each.version, each.data] as const))(
    '%s version %i is read as the current version',
    (type, version, data) => {
      expect(registry.upcast(type, version, data)).toEqual(currentOf(type)?.data);
    },
  );

  it('cover every version that a step leads from or to', () => {
    for (const { type, from } of LEAD_UPCASTERS) {
      for (const version of [from, from + 1]) {
        expect(golden.some((each) => each.type === type && each.version === version)).toBe(true);
      }
    }
  });
});
