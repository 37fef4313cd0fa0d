import { orderOnly } from '../testing/paths.js';
import { parseTransform, transformed } from './path-transforms.js';

const apply = (path: string, transform: string): string => {
  const parsed = parseTransform(transform);
  if (parsed === null) throw new Error(`${transform} is no transform`);
  return transformed(orderOnly(path.split(' ')).touches, parsed)
    .map(({ channel }) => channel)
    .join(' ');
};

describe('A path transform', () => {
  it.each([
    ['unique', 'D A B B C D C C', 'D A B B C D C C'],
    ['exposure', 'D A B B C D C C', 'D A B C D C'],
    ['collapse', 'D A B B C D C C', 'D A B C D C'],
    ['exposure_path', 'A A', 'A'],
    ['first', 'D A B B C D C C', 'D A B C'],
    ['remove-if-not-all:A', 'A B A A', 'B'],
    ['remove-if-not-all:A', 'A A', 'A A'],
    ['remove_if_last_and_not_all:A', 'A B A A', 'A B'],
    ['remove-if-last-and-not-all:A', 'A A', 'A A'],
    ['trim:2', 'A B C', 'B C'],
    ['trim:9', 'A B C', 'A B C'],
  ])('%s makes of "%s" "%s"', (name, path, expected) => {
    expect(apply(path, name)).toBe(expected);
  });
  it.each(['nonsense', 'trim', 'trim:0', 'remove-if-not-all', 'first:A', ''])('is not "%s"', (text) => {
    expect(parseTransform(text)).toBeNull();
  });
});
