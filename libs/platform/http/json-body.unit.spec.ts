import fc from 'fast-check';
import { parseJsonBody } from './json-body.js';

const parse = (text: string) => parseJsonBody(Buffer.from(text, 'utf8'));

describe('A JSON body', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        const value: unknown = JSON.parse(text);
        fc.pre(
          !/\\u0000|__proto__/.test(text) &&
            text.isWellFormed() &&
            JSON.stringify(value).isWellFormed() &&
            !/\\ud[89a-f]/i.test(JSON.stringify(value)),
        );
        expect(parse(text)).toEqual(value);
      }),
    );
  });

  it('may be empty, where a route needs nothing', () => {
    expect(parse('')).toEqual({});
  });

  it('may hold an escaped backslash before u0000, pairs of surrogates and a byte order mark', () => {
    expect(parse('{"a":"\\\\u0000","b":"\\ud83d\\ude00"}')).toEqual({ a: '\\u0000', b: '😀' });
    expect(parse('\ufeff{"a":1}')).toEqual({ a: 1 });
  });

  it.each([
    ['{"a":"\\u0000"}', 'REQUEST.BAD_ENCODING'],
    ['{"a\\u0000":1}', 'REQUEST.BAD_ENCODING'],
    ['[{"a":["\\ud800"]}]', 'REQUEST.BAD_ENCODING'],
    ['{"__proto__":{"admin":true}}', 'REQUEST.BAD_JSON'],
    ['{"a":{"\\u005f_proto__":1}}', 'REQUEST.BAD_JSON'],
    ['{"a":1', 'REQUEST.BAD_JSON'],
    ['{a:1}', 'REQUEST.BAD_JSON'],
    ['NaN', 'REQUEST.BAD_JSON'],
  ])('is refused: %s', (text, code) => {
    expect(() => parse(text)).toThrow(refusal({ code, kind: 'malformed' }));
  });

  it('is refused where it is not UTF-8', () => {
    expect(() => parseJsonBody(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toThrow(
      refusal({ code: 'REQUEST.BAD_ENCODING' }),
    );
  });

  it('never repeats what was sent in its refusal', () => {
    const secret = 'ada@example.com';
    expect(() => parse(`{"email": ${secret}}`)).toThrow(/^REQUEST\.BAD_JSON: the body is not JSON: (?!.*ada@)/);
  });
});

const refusal = (members: Readonly<Record<string, unknown>>): Error => expect.objectContaining(members) as Error; // a matcher
