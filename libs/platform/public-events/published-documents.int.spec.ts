import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv, type AnySchema, type Options } from 'ajv';
import fc from 'fast-check';
import { recorder } from '#platform/testing/recorder.js';
import type { JsonSchema } from '#publishing/shape.js';
import { EVERY_PUBLIC_EVENT } from './every-public-event.js';
import { asyncApiDocument, publishedDocuments } from './published-documents.js';

const PROJECT = join(import.meta.dirname, '../../..');
const newAjv = (options: Options = {}) =>
  new Ajv({ strict: false, allErrors: true, validateFormats: false, ...options });

describe('The published documents', () => {
  it.each(publishedDocuments())('%s is current: npm run event-catalogue writes it', (path, text) => {
    expect(readFileSync(join(PROJECT, path), 'utf8')).toBe(text);
  });
});

describe('The AsyncAPI document', () => {
  const specification = (): AnySchema =>
    createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0.json') as AnySchema;

  it('follows AsyncAPI 3.0', () => {
    // It brings the schema of schemas along.
    const validate = newAjv({ meta: false, validateSchema: false }).compile<object>(specification());
    void validate(JSON.parse(JSON.stringify(asyncApiDocument())));
    expect(validate.errors).toBeNull();
    // The specification's schema bites.
    expect(validate({ ...asyncApiDocument(), channels: { events: { address: 7 } } })).toBe(false);
  });

  it('refers only to what it holds', () => {
    const document = asyncApiDocument();
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)].map(([, pointer = '']) => pointer);
    expect(references.length).toBeGreaterThan(EVERY_PUBLIC_EVENT.events.length);
    for (const pointer of references) {
      const found = pointer
        .slice(1)
        .split('/')
        .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], document);
      expect([pointer, found]).not.toEqual([pointer, undefined]);
    }
  });
});

describe('The schemas', () => {
  // A schema of draft 7 says of an object which members it may have only where it is closed.
  const closed = (schema: unknown): unknown =>
    typeof schema !== 'object' || schema === null || Array.isArray(schema)
      ? schema
      : Object.fromEntries([
          ...Object.entries(schema).map(([name, member]) => [
            name,
            name === 'properties'
              ? Object.fromEntries(Object.entries(member as object).map(([key, value]) => [key, closed(value)]))
              : ['items', 'additionalProperties'].includes(name)
                ? closed(member)
                : (member as unknown),
          ]),
          ...('properties' in schema ? [['additionalProperties', false]] : []),
        ]);

  it('hold for what is published, whatever was stored', () => {
    const record = recorder();
    for (const described of EVERY_PUBLIC_EVENT.events) {
      const validate = newAjv().compile(closed(described.schema) as AnySchema);
      fc.assert(
        fc.property(storedFor(described.schema), (data) => {
          const event = record('stream-1', {
            ...{ type: described.type, occurredAt: 1, leadId: null, pass: null },
            data,
          });
          const published = JSON.parse(JSON.stringify(described.dataOf(event))) as unknown;
          void validate(published);
          expect([described.type, published, validate.errors]).toEqual([described.type, published, null]);
        }),
        { numRuns: 30 },
      );
    }
  });
});

/** Stored values that lead to this schema: money in minor units, and members that nobody named. */
function storedFor(schema: JsonSchema): fc.Arbitrary<unknown> {
  const types = [schema['type']].flat().map(String);
  const choices = schema['enum'] as readonly unknown[] | undefined; // as the shapes make it
  if (choices !== undefined) return fc.constantFrom(...choices);
  const kinds = types.map((type): fc.Arbitrary<unknown> => {
    if (type === 'null') return fc.constant(null);
    // A moment is stored as a number and published as text.
    if (schema['format'] === 'date-time') return fc.integer({ min: 0, max: 4e12 });
    if (type === 'string') return fc.string();
    if (type === 'boolean') return fc.boolean();
    if (type === 'integer' || type === 'number') return fc.integer();
    if (type === 'array') return fc.array(storedFor(schema['items'] as JsonSchema), { maxLength: 3 });
    const properties = schema['properties'] as Readonly<Record<string, JsonSchema>> | undefined;
    if (properties === undefined)
      return fc.dictionary(fc.string(), storedFor(schema['additionalProperties'] as JsonSchema), { maxKeys: 3 });
    if ('amount' in properties && 'currency' in properties && Object.keys(properties).length === 2)
      return fc.record({ minor: fc.integer(), currency: fc.constantFrom('EUR', 'JPY', 'KWD') });
    const members = Object.entries(properties).map(([name, property]) => [name, storedFor(property)] as const);
    return fc
      .record(Object.fromEntries(members), { requiredKeys: schema['required'] as string[] })
      .map((stored) => ({ ...stored, person: { email: 'ada@example.com' }, notNamed: 'secret' }));
  });
  return fc.oneof(...kinds);
}
