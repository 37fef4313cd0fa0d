import fc from 'fast-check';
import { didYouMean, nearMatches } from './near-match.js';

describe('What somebody may have meant', () => {
  it.each([
    ['emial', ['email', 'referral', 'paid_search'], ['email']],
    ['Email', ['email', 'e-mail'], ['e-mail', 'email']],
    ['paid search', ['paid_search', 'organic_search'], ['paid_search']],
    ['revenu', ['revenue', 'netRevenue', 'leads'], ['revenue']],
    ['owner', ['owners', 'owned', 'won'], ['owned', 'owners']],
    ['paid', ['paid_search', 'paid_social', 'email'], ['paid_search', 'paid_social']],
    ['xyzzy', ['email', 'referral'], []],
    ['', ['email'], []],
  ])('%j among %j is %j', (text, known, expected) => {
    expect(nearMatches(text, known)).toEqual(expected);
  });

  it('finds every text after one slip: a letter more, less, other, or two swapped', () => {
    const word = fc.stringMatching(/^[a-z]{4,12}$/);
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('insert', 'delete', 'replace', 'swap'), (text, at, slip) => {
        const i = at % (text.length - 1);
        const [before, a = '', b = '', after] = [text.slice(0, i), text[i], text[i + 1], text.slice(i + 2)];
        const typed = {
          insert: `${before}${a}z${b}${after}`,
          delete: `${before}${b}${after}`,
          replace: `${before}z${b}${after}`,
          swap: `${before}${b}${a}${after}`,
        }[slip];
        expect(nearMatches(typed, [text])).toEqual([text]);
      }),
    );
  });

  it('is asked in a sentence, or not at all', () => {
    expect(didYouMean('emial', ['email'])).toBe(' (did you mean "email"?)');
    expect(didYouMean('xyzzy', ['email'])).toBe('');
  });
});
