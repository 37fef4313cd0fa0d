import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
  validateSync,
} from 'class-validator';
import fc from 'fast-check';
import { DomainError, type FieldError } from '#kernel/errors.js';
import { readRequest, RequestPipe } from './request-pipe.js';
import { shapeOf } from './request-shape.js';

class Part {
  @IsString()
  @MaxLength(5)
  name!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  size?: number;
}

class Thing {
  @IsString()
  title!: string;

  @IsOptional()
  @IsIn(['a', 'b'])
  choice?: string | null;

  @ValidateIf((thing: Thing) => thing.choice === 'a')
  @IsBoolean()
  flag?: boolean;

  @IsOptional()
  @ValidateNested()
  @Type(() => Part)
  part?: Part;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Type(() => Part)
  parts?: readonly Part[];

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  words?: string[];
}

function faultsOf(body: unknown): readonly Omit<FieldError, 'detail'>[] {
  try {
    readRequest(Thing, body);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(error).toMatchObject({ kind: 'malformed', code: 'REQUEST.INVALID' });
    return error.errors.map(({ pointer, code }) => ({ pointer, code }));
  }
}

describe('A request body', () => {
  it('becomes an instance of its class, nested ones too, with values as they are', () => {
    const thing = readRequest(Thing, { title: 't', part: { name: 'n' }, parts: [{ name: 'm', size: 2 }] });
    expect(thing).toBeInstanceOf(Thing);
    expect(thing.part).toBeInstanceOf(Part);
    expect(thing.parts?.[0]).toBeInstanceOf(Part);
    expect(JSON.parse(JSON.stringify(thing))).toEqual({
      title: 't',
      part: { name: 'n' },
      parts: [{ name: 'm', size: 2 }],
    });
  });

  it.each<[string, unknown, readonly (readonly [string, string])[]]>([
    ['a missing member', {}, [['/title', 'MISSING']]],
    ['a wrong type, never converted', { title: 5 }, [['/title', 'IS_STRING']]],
    ['an unknown member', { title: 't', admin: true }, [['/admin', 'UNKNOWN_PROPERTY']]],
    ['an unknown nested member', { title: 't', part: { name: 'n', x: 1 } }, [['/part/x', 'UNKNOWN_PROPERTY']]],
    ['a nested fault', { title: 't', part: { name: 'too long' } }, [['/part/name', 'MAX_LENGTH']]],
    ['a fault in a list', { title: 't', parts: [{ name: 'n' }, { name: 'n', size: 0 }] }, [['/parts/1/size', 'MIN']]],
    ['a list where an object belongs', { title: 't', part: [] }, [['/part', 'IS_OBJECT']]],
    ['a text where an object belongs', { title: 't', part: 'n' }, [['/part', 'IS_OBJECT']]],
    [
      'an object where a list belongs',
      { title: 't', words: {} },
      [
        ['/words', 'IS_STRING'],
        ['/words', 'IS_ARRAY'],
      ],
    ],
    [
      'a member that would poison the class',
      { title: 't', constructor: { name: 'x' } },
      [['/constructor', 'UNKNOWN_PROPERTY']],
    ],
    ['a name that needs escaping in a pointer', { title: 't', 'a/b~c': 1 }, [['/a~1b~0c', 'UNKNOWN_PROPERTY']]],
    [
      'several at once',
      { choice: 'c', x: 1 },
      [
        ['/x', 'UNKNOWN_PROPERTY'],
        ['/title', 'MISSING'],
        ['/choice', 'IS_IN'],
      ],
    ],
    ['no object at all', [1], [['', 'IS_OBJECT']]],
    ['null', null, [['', 'IS_OBJECT']]],
  ])('is refused for %s', (_name, body, faults) => {
    expect(faultsOf(body).map(({ pointer, code }) => [pointer, code])).toEqual(faults);
  });

  it('is judged exactly as class-validator judges it', () => {
    const part = fc.record(
      {
        name: fc.oneof(fc.string({ maxLength: 7 }), fc.integer()),
        size: fc.oneof(fc.integer({ min: -1, max: 3 }), fc.constant(null), fc.double()),
      },
      { requiredKeys: [] },
    );
    const body = fc.record(
      {
        title: fc.oneof(fc.string(), fc.constant(null), fc.integer()),
        choice: fc.constantFrom('a', 'b', 'c', null),
        flag: fc.oneof(fc.boolean(), fc.string()),
        part: fc.oneof(part, fc.constant(null)),
        parts: fc.oneof(fc.array(part, { maxLength: 3 }), fc.constant(null)),
        words: fc.oneof(fc.array(fc.oneof(fc.string(), fc.integer())), fc.string(), fc.constant(null)),
      },
      { requiredKeys: [] },
    );
    const shape = shapeOf(Thing);
    let refused = 0;
    fc.assert(
      fc.property(body, (given) => {
        const thing = shape.fill(given, '', []);
        const words = validateSync(thing, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
        refused += words.length === 0 ? 0 : 1;
        expect(shape.holds(thing)).toBe(words.length === 0);
      }),
      { numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(100);
    expect(refused).toBeLessThan(1990);
  });
});

describe('An id in a path', () => {
  const pipe = new RequestPipe();
  const id = 'A1B2C3D4-0000-4000-8000-00000000000F';

  it('is a UUID, in lower case from here on', () => {
    expect(pipe.transform(id, { type: 'param', data: 'id' })).toBe(id.toLowerCase());
  });

  it('is refused when it is not', () => {
    expect(() => pipe.transform("1' OR 1=1", { type: 'param', data: 'id' })).toThrow(
      refusal({ code: 'REQUEST.BAD_ID' }),
    );
  });

  it('may be any text under another name, such as a handle', () => {
    expect(pipe.transform('sam', { type: 'param', data: 'handle' })).toBe('sam');
  });
});

const refusal = (members: Readonly<Record<string, unknown>>): Error => expect.objectContaining(members) as Error; // a matcher
