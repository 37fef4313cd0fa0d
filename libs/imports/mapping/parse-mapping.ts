import { malformed, type DomainError, type FieldError } from '#kernel/errors.js';
import { TEAMS } from '#kernel/envelope.js';
import { assertTimeZone } from '#kernel/calendar.js';
import { currencyDigits } from '#kernel/money.js';
import { parseDay } from '#kernel/time.js';
import { dateLayout } from './moments.js';
import { RATE_TEXT } from './amounts.js';
import { FIELDS_OF, TAKES_DIMENSIONS, type Mapping, type RecordKind } from './mapping.js';

/**
 * Checks the JSON of a mapping file; every fault is reported at once, each with a JSON pointer into the file.
 * Throws `IMPORT.BAD_MAPPING`.
 */
export function parseMapping(json: unknown): Mapping {
  const faults: FieldError[] = [];
  checkMapping(json, faults);
  if (faults.length > 0) throw badMapping(faults);
  return json as Mapping; // every member has been checked
}

/** Reads the text of a mapping file. Throws `IMPORT.BAD_MAPPING`. */
export function parseMappingText(text: string): Mapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw malformed(
      'IMPORT.BAD_MAPPING',
      `the mapping is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`,
    );
  }
  return parseMapping(json);
}

function badMapping(faults: readonly FieldError[]): DomainError {
  const shown = faults.slice(0, 5).map((fault) => `${fault.pointer || '/'}: ${fault.detail}`);
  const more = faults.length > shown.length ? ` (and ${faults.length - shown.length} more)` : '';
  return malformed('IMPORT.BAD_MAPPING', `the mapping is wrong: ${shown.join('; ')}${more}`, faults);
}

type Members = Readonly<Record<string, unknown>>;
type Check = (value: unknown, pointer: string, faults: FieldError[]) => void;

const fault = (faults: FieldError[], pointer: string, detail: string): void => {
  faults.push({ pointer, code: 'IMPORT.BAD_MAPPING', detail });
};
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text: Check = (value, pointer, faults) => {
  if (typeof value !== 'string' || value === '') fault(faults, pointer, 'must be a text');
};
const flag: Check = (value, pointer, faults) => {
  if (typeof value !== 'boolean') fault(faults, pointer, 'must be true or false');
};
const texts: Check = (value, pointer, faults) => {
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string'))
    fault(faults, pointer, 'must be a list of texts');
};
const oneOf =
  (allowed: readonly string[]): Check =>
  (value, pointer, faults) => {
    if (typeof value !== 'string' || !allowed.includes(value))
      fault(faults, pointer, `must be one of ${allowed.join(', ')}`);
  };
/** A text that another function reads; its message is the fault. */
const readable =
  (read: (value: string) => unknown): Check =>
  (value, pointer, faults) => {
    if (typeof value !== 'string') {
      fault(faults, pointer, 'must be a text');
      return;
    }
    try {
      read(value);
    } catch (error) {
      fault(faults, pointer, error instanceof Error ? error.message.replace(/^[A-Z_.]+: /, '') : 'cannot be read');
    }
  };
const listOf =
  (check: Check): Check =>
  (value, pointer, faults) => {
    if (!Array.isArray(value) || value.length === 0) fault(faults, pointer, 'must be a list with at least one entry');
    else value.forEach((item, index) => check(item, `${pointer}/${index}`, faults));
  };

/** Known members, each with its check; an unknown one is a fault (a misspelt option would otherwise be silently without effect). */
function object(
  value: unknown,
  pointer: string,
  faults: FieldError[],
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>>,
): value is Members {
  if (!isObject(value)) {
    fault(faults, pointer, 'must be an object');
    return false;
  }
  for (const [name, check] of Object.entries(required)) {
    if (value[name] === undefined) fault(faults, `${pointer}/${name}`, 'is missing');
    else check(value[name], `${pointer}/${name}`, faults);
  }
  for (const [name, member] of Object.entries(value)) {
    if (Object.hasOwn(required, name)) continue;
    if (!Object.hasOwn(optional, name))
      fault(
        faults,
        `${pointer}/${name}`,
        `is unknown; known are ${[...Object.keys(required), ...Object.keys(optional)].join(', ')}`,
      );
    else if (member !== undefined) optional[name]?.(member, `${pointer}/${name}`, faults);
  }
  return true;
}

const day = readable((value) => {
  if (parseDay(value) === null) throw new Error('must be a day such as 2017-12-31');
});
const system = readable((value) => {
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(value))
    throw new Error('must be lower-case letters, digits, ".", "_" and "-"');
});
const encoding = readable((value) => new TextDecoder(value));
const delimiter: Check = (value, pointer, faults) => {
  if (typeof value !== 'string' || value.length !== 1 || value === '"') fault(faults, pointer, 'must be one character');
};
const CSV: Readonly<Record<string, Check>> = { delimiter, encoding };

function checkMapping(json: unknown, faults: FieldError[]): void {
  const lookups = isObject(json) && isObject(json['lookups']) ? json['lookups'] : {};
  const ok = object(
    json,
    '',
    faults,
    {
      format: (value, pointer) => {
        if (value !== 1) fault(faults, pointer, 'must be 1');
      },
      name: text,
      system,
      files: listOf((file, pointer) => checkFile(file, pointer, faults, lookups)),
    },
    {
      zone: readable(assertTimeZone),
      currency: readable(currencyDigits),
      rates: (value, pointer) => checkRates(value, pointer, faults),
      undatedOn: day,
      dates: readable(dateLayout),
      decimal: oneOf(['.', ',']),
      nulls: texts,
      ownerTeam: oneOf(TEAMS),
      complete: flag,
      lookups: (value, pointer) => checkLookups(value, pointer, faults),
    },
  );
  if (ok && json['undatedOn'] === undefined) requireDates(json, faults);
}

function checkRates(value: unknown, pointer: string, faults: FieldError[]): void {
  if (!isObject(value)) {
    fault(faults, pointer, 'must be an object of currencies');
    return;
  }
  for (const [currency, rate] of Object.entries(value)) {
    readable(currencyDigits)(currency, `${pointer}/${currency}`, faults);
    object(rate, `${pointer}/${currency}`, faults, { value: rateValue }, { source: text, on: day });
  }
}

const rateValue = readable((value) => {
  if (!RATE_TEXT.test(value)) throw new Error('must be a decimal above 0 as a text, such as "0.9214"');
});

function checkLookups(value: unknown, pointer: string, faults: FieldError[]): void {
  if (!isObject(value)) {
    fault(faults, pointer, 'must be an object');
    return;
  }
  for (const [name, lookup] of Object.entries(value))
    object(lookup, `${pointer}/${name}`, faults, { file: text, key: text }, CSV);
}

function checkFile(file: unknown, pointer: string, faults: FieldError[], lookups: Members): void {
  object(
    file,
    pointer,
    faults,
    { file: text, records: listOf((record, at) => checkRecord(record, at, faults, lookups)) },
    CSV,
  );
}

const IDS: Readonly<
  Record<RecordKind, { readonly required: readonly string[]; readonly optional: readonly string[] }>
> = {
  lead: { required: ['id'], optional: [] },
  stage: { required: ['lead', 'stage'], optional: [] },
  deal: { required: ['id'], optional: ['lead'] },
  close: { required: ['deal', 'outcome'], optional: ['lead'] },
  payment: { required: ['deal'], optional: ['lead', 'id'] },
  refund: { required: ['deal'], optional: ['lead', 'payment', 'id'] },
  spend: { required: [], optional: ['campaign', 'id'] },
  touch: { required: ['lead'], optional: ['id'] },
  member: { required: ['handle'], optional: [] },
};

function checkRecord(record: unknown, pointer: string, faults: FieldError[], lookups: Members): void {
  const kind = isObject(record) ? record['kind'] : undefined;
  if (typeof kind !== 'string' || !Object.hasOwn(IDS, kind)) {
    fault(faults, `${pointer}/kind`, `must be one of ${Object.keys(IDS).join(', ')}`);
    return;
  }
  const known = kind as RecordKind; // one of the keys of IDS
  const value: Check = (item, at) => checkValue(item, at, faults, lookups);
  const valuesOf = (names: readonly string[]): Record<string, Check> =>
    Object.fromEntries(names.map((name) => [name, value]));
  object(
    record,
    pointer,
    faults,
    { kind: text, ...valuesOf(IDS[known].required) },
    {
      ...valuesOf(IDS[known].optional),
      at: value,
      when: listOf((item, at) =>
        object(item, at, faults, { value }, { is: texts, not: texts, filled: flag, negative: flag }),
      ),
      fields: (item, at) => checkFields(item, at, faults, known, value),
      ...(known === 'lead' ? { once: flag } : {}),
      ...(known === 'close'
        ? {
            opens: (item: unknown, at: string) =>
              object(item, at, faults, {}, { fields: (f, fAt) => checkFields(f, fAt, faults, 'deal', value) }),
          }
        : {}),
    },
  );
}

function checkFields(fields: unknown, pointer: string, faults: FieldError[], kind: RecordKind, value: Check): void {
  if (!isObject(fields)) {
    fault(faults, pointer, 'must be an object');
    return;
  }
  for (const [name, item] of Object.entries(fields)) {
    const dimension = TAKES_DIMENSIONS.has(kind) && /^dimension\.[A-Za-z][A-Za-z0-9_]{0,63}$/.test(name);
    if (!dimension && !FIELDS_OF[kind].includes(name)) {
      const dimensions = TAKES_DIMENSIONS.has(kind) ? ', dimension.<name>' : '';
      fault(
        faults,
        `${pointer}/${name}`,
        `is no field of a ${kind}; known are ${FIELDS_OF[kind].join(', ')}${dimensions}`,
      );
    }
    value(item, `${pointer}/${name}`, faults);
  }
}

function checkValue(value: unknown, pointer: string, faults: FieldError[], lookups: Members): void {
  if (typeof value === 'string') {
    text(value, pointer, faults);
    return;
  }
  if (!isObject(value)) {
    fault(faults, pointer, 'must be a column name or an object');
    return;
  }
  const nested: Check = (item, at) => checkValue(item, at, faults, lookups);
  const translate: Check = (table, at) => {
    if (!isObject(table) || Object.values(table).some((to) => to !== null && typeof to !== 'string'))
      fault(faults, at, 'must translate texts to texts or null');
  };
  if ('constant' in value) object(value, pointer, faults, { constant: text }, {});
  else if ('first' in value) object(value, pointer, faults, { first: listOf(nested) }, { translate });
  else if ('lookup' in value) {
    object(value, pointer, faults, { lookup: text, by: nested, column: text }, { translate, required: flag });
    const name = value['lookup'];
    if (typeof name === 'string' && !Object.hasOwn(lookups, name))
      fault(faults, `${pointer}/lookup`, `no lookup file is called "${name}"`);
  } else object(value, pointer, faults, { column: text }, { translate, nulls: texts });
}

/** A record without `at` needs the day that it is assumed on. */
function requireDates(json: Members, faults: FieldError[]): void {
  const files = Array.isArray(json['files']) ? json['files'] : [];
  files.forEach((file: unknown, f) => {
    const records = isObject(file) && Array.isArray(file['records']) ? file['records'] : [];
    records.forEach((record: unknown, r) => {
      if (isObject(record) && record['kind'] !== 'member' && record['at'] === undefined) {
        fault(faults, `/files/${f}/records/${r}/at`, 'is missing; without it the mapping must say "undatedOn"');
      }
    });
  });
}
