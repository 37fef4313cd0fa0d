import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROUTE_ROLES } from '#apps/api/route-roles.js';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const PAGES = ['.', 'docs', 'docs/adr', 'libs', 'examples'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: folder === 'libs' || folder === 'examples', encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name)),
);

/** Files of the pages themselves: no interface that anybody writes scripts against. */
const FILES_OF_PAGES = /^GET \/(docs\/|page\/(style\.css|icon\.svg)|favicon\.ico)/;

describe('the documentation', () => {
  it.each(PAGES)('%s links only to files that exist', (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)#\s:]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !existsSync(path.join(root, path.dirname(page), target)))).toEqual([]);
  });

  it('gives every decision a number of its own, the one in its title', () => {
    const files = readdirSync(path.join(root, 'docs/adr'));
    const numbers = files.map((file) => Number(file.slice(0, 4)));
    expect(numbers).toEqual([...new Set(numbers)]);
    expect(files.map((file) => Number(/^# (\d+)\. /.exec(read(`docs/adr/${file}`))?.[1]))).toEqual(numbers);
  });

  it('lists every route in docs/interface.md', () => {
    const text = read('docs/interface.md');
    const routes = Object.keys(ROUTE_ROLES).filter((route) => !FILES_OF_PAGES.test(route));
    const listed = (route: string): boolean => {
      const address = (route.split(' ')[1] ?? '').replaceAll(/:(\w+)/g, '{$1}');
      return ['`', '?', ' '].some((end) => text.includes(`\`${address}${end}`)) || text.includes(`\`GET ${address}\``);
    };
    expect(routes.length).toBeGreaterThan(50);
    expect(routes.filter((route) => !listed(route))).toEqual([]);
  });

  it('names every setting in docs/interface.md', () => {
    const settings = new Set(read('libs/platform/config/config.ts').match(/CONCORD_[A-Z_]+/g));
    const text = read('docs/interface.md');
    expect(settings.size).toBeGreaterThan(10);
    expect([...settings].filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
