import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVERY_PERSONAL_FIELD } from '../every-personal-field.js';
import { EVERY_PUBLIC_EVENT } from './every-public-event.js';

const LIBS = join(import.meta.dirname, '../..');
/** Every `DomainEvent<'type', …>` that the sources declare. */
const declared = globSync('*/**/*.ts', { cwd: LIBS })
  .filter((file) => !/\.spec\.ts$|\/testing\//.test(file))
  .flatMap((file) => [...readFileSync(join(LIBS, file), 'utf8').matchAll(/DomainEvent<\s*'([^']+)'/g)])
  .map(([, type = '']) => type);

describe('The public contract', () => {
  it('says of every event of the ledger what is public of it, or why nothing is', () => {
    const known = [...EVERY_PUBLIC_EVENT.types, ...EVERY_PUBLIC_EVENT.hidden.map(({ type }) => type)];
    const advice = declared
      .filter((type) => !known.includes(type))
      .map((type) => `${type}: describe it in public-events.ts beside it and add that to every-public-event.ts`);
    expect(declared.length).toBeGreaterThan(30);
    expect(advice).toEqual([]);
    expect(known.filter((type) => !declared.includes(type))).toEqual([]);
  });

  it('publishes no field that is marked as personal', () => {
    const published = Object.entries(EVERY_PERSONAL_FIELD).flatMap(([type, fields]) => {
      const { properties } = EVERY_PUBLIC_EVENT.of(type)?.schema ?? {};
      return fields.filter((field) => field in (properties as object)).map((field) => `${type}.${field}`);
    });
    expect(published).toEqual([]);
  });
});
