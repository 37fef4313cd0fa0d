import fc from 'fast-check';
import { v5 } from 'uuid';
import { freshUuid, isUuid, uuidBytes, uuidText, uuidv5 } from './ids.js';

describe('uuidv5', () => {
  it('is that of RFC 9562', () => {
    const dns = uuidText(Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex'));
    expect(uuidv5(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('agrees with the package uuid on any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const namespace = freshUuid();
        expect(uuidv5(namespace, name)).toBe(v5(name, namespace));
      }),
    );
  });
});

describe('A UUID', () => {
  it('is lower case with hyphens', () => {
    expect(isUuid('2ed6657d-e927-568b-95e1-2665a8aea6a2')).toBe(true);
    for (const bad of [
      '2ED6657D-E927-568B-95E1-2665A8AEA6A2',
      '2ed6657de927568b95e12665a8aea6a2',
      '',
      ' 2ed6657d-e927-568b-95e1-2665a8aea6a2',
    ]) {
      expect(isUuid(bad)).toBe(false);
    }
  });

  it('survives its bytes', () => {
    const id = freshUuid();
    expect(uuidText(uuidBytes(id))).toBe(id);
    expect(isUuid(id)).toBe(true);
  });
});
