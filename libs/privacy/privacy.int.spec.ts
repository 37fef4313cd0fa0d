import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { EventStore } from '#event-store/event-store.js';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { anEvent } from '#event-store/testing/an-event.js';
import type { NewEvent } from '#kernel/envelope.js';
import { freshUuid } from '#kernel/ids.js';
import { encryptingEventStore } from './encrypting-event-store.js';
import { seal, unseal, type Sealed } from './field-cipher.js';
import { identityKeyOf, keyedHasher, loadIdentityKey } from './identity-key.js';
import type { KeyStore } from './key-store.js';
import { openSqliteKeyStore } from './sqlite/sqlite-key-store.js';

const PERSONAL = { 'lead.created': ['person'], 'lead.touched': ['note'], 'lead.assigned': [] };
const SECRET = 'Adelheid Zyxwv';
const CREATED = { person: { firstName: SECRET, email: 'ada@zyxwv.example', lastName: null }, company: 'Acme' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concord-privacy-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const created = (leadId = freshUuid(), data: unknown = CREATED): NewEvent =>
  anEvent({ type: 'lead.created', leadId, data });

describe('personal data', () => {
  let raw: EventStore;
  let keys: KeyStore;
  let store: EventStore;
  beforeEach(async () => {
    raw = await openSqliteEventStore({ file: join(folder, 'ledger.sqlite') });
    keys = openSqliteKeyStore(join(folder, 'keys.sqlite'));
    store = encryptingEventStore(raw, keys, PERSONAL);
  });
  afterEach(async () => {
    await keys.close();
    await store.close();
  });

  const stored = async (stream: string): Promise<{ person: Sealed }> =>
    (await raw.readStream(stream))[0]!.data() as never; // sealed below

  it('reads back as it was said, and stands in the ledger only as a ciphertext that names its key', async () => {
    const said = created();
    await store.append('lead-1', [said], { expected: 'no-stream' });
    expect((await store.readStream('lead-1'))[0]!.data()).toEqual(CREATED);
    for await (const page of store.readAll({})) expect(page.events.map((event) => event.data())).toEqual([CREATED]);
    const { person, ...clear } = await stored('lead-1');
    expect(clear).toEqual({ company: 'Acme' });
    expect(Object.keys(person).sort()).toEqual(['ct', 'iv', 'k']);
    expect(keys.key((await stored('lead-1')).person.k)).toHaveLength(32);
  });

  it('reaches the store in the order in which it was handed over, however long its keys take', async () => {
    const slowFirst: KeyStore = {
      ...keys,
      ready: ({ subjects = [] }) => new Promise((resolve) => setTimeout(resolve, subjects.length === 0 ? 0 : 20)),
    };
    const many = encryptingEventStore(raw, slowFirst, PERSONAL);
    await Promise.all([
      many.append('lead-1', [created()], { expected: 'no-stream' }),
      many.append('lead-1', [anEvent({ type: 'lead.assigned' })], { expected: 0 }),
      many.append('lead-1', [created()], { expected: 1 }),
    ]);
    expect((await raw.readStream('lead-1')).map(({ type }) => type)).toEqual([
      'lead.created',
      'lead.assigned',
      'lead.created',
    ]);
  });

  it('is nowhere in clear in any file, whatever it is', async () => {
    const name = fc.string({ minLength: 6, maxLength: 40, unit: 'grapheme' }).filter((text) => new Set(text).size > 4);
    const written: string[] = [];
    await fc.assert(
      fc.asyncProperty(name, fc.boolean(), async (text, note) => {
        const marked = `${text}§§`;
        const leadId = freshUuid();
        const data = note ? { note: marked } : { person: { firstName: marked } };
        await store.append(
          `lead-${leadId}`,
          [anEvent({ type: note ? 'lead.touched' : 'lead.created', leadId, data })],
          { expected: 'any' },
        );
        written.push(text);
        expect((await store.readStream(`lead-${leadId}`))[0]!.data()).toEqual(data);
      }),
      { numRuns: 60 },
    );
    const files = readdirSync(folder);
    expect(files).toEqual(expect.arrayContaining(['ledger.sqlite', 'ledger.sqlite-wal', 'keys.sqlite']));
    const bytes = files.map((file) => readFileSync(join(folder, file)));
    for (const text of [...written, '§§']) {
      const escaped = JSON.stringify(text).slice(1, -1);
      for (const each of bytes) expect(each.includes(text) || each.includes(escaped)).toBe(false);
    }
  });

  it('is left alone where there is none', async () => {
    for (const [stream, data] of [
      ['a', { person: null, company: 'Acme' }],
      ['b', { company: 'Acme' }],
    ] as const) {
      await store.append(stream, [created(freshUuid(), data)], { expected: 'no-stream' });
      expect((await raw.readStream(stream))[0]!.data()).toEqual(data);
      expect((await store.readStream(stream))[0]!.data()).toEqual(data);
    }
  });

  it('of one lead has one key, in whichever stream, and of another lead another', async () => {
    const lead = freshUuid();
    const leads = { a: lead, b: lead, c: freshUuid(), d: null };
    const key: Record<string, string> = {};
    for (const [stream, leadId] of Object.entries(leads)) {
      await store.append(stream, [anEvent({ type: 'lead.created', leadId, data: CREATED })], { expected: 'no-stream' });
      key[stream] = (await stored(stream)).person.k;
    }
    expect(key['a']).toBe(key['b']);
    expect(new Set(Object.values(key)).size).toBe(3);
  });

  it('is null once its key was destroyed, for every reader, and everything else stays', async () => {
    const other = openSqliteKeyStore(join(folder, 'keys.sqlite'));
    const elsewhere = encryptingEventStore(raw, other, PERSONAL);
    await store.append('a', [created()], { expected: 'no-stream' });
    await store.append('b', [created()], { expected: 'no-stream' });
    expect((await elsewhere.readStream('a'))[0]!.data()).toEqual(CREATED);

    const [before] = await store.readStream('a');
    const data = before!.data() as typeof CREATED;
    expect(data.person.firstName).toBe(SECRET);
    const { k } = (await stored('a')).person;
    const secret = Buffer.from(keys.key(k)!);
    await keys.destroy([k]);
    expect(data.person).toBeNull();
    expect((await store.readStream('a'))[0]!.data()).toEqual({ person: null, company: 'Acme' });
    expect((await store.readStream('b'))[0]!.data()).toEqual(CREATED);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await elsewhere.readStream('a'))[0]!.data()).toEqual({ person: null, company: 'Acme' });
    await other.close();
    for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file)).includes(secret)).toBe(false);
  });

  it('does not open in another event, and the rest of the event stays readable', async () => {
    await store.append('a', [created()], { expected: 'no-stream' });
    const { person } = await stored('a');
    await raw.append('forged', [created(freshUuid(), { ...CREATED, person })], { expected: 'no-stream' });
    const [forged] = await store.readStream('forged');
    expect(forged!.type).toBe('lead.created');
    const data = forged!.data() as typeof CREATED;
    expect(data.company).toBe('Acme');
    expect(() => data.person).toThrow('PRIVACY.UNREADABLE');
    expect((await store.readStream('a'))[0]!.data()).toEqual(CREATED);
  });

  it('is not decrypted for what is not asked', async () => {
    let asked = 0;
    const counting: KeyStore = { ...keys, key: (id) => (asked++, keys.key(id)) };
    const counted = encryptingEventStore(raw, counting, PERSONAL);
    await counted.append('a', [created()], { expected: 'no-stream' });
    const [event] = await counted.readStream('a');
    expect([event!.type, event!.leadId, event!.revision, asked]).toEqual(['lead.created', event!.leadId, 0, 0]);
    expect((event!.data() as typeof CREATED).company).toBe('Acme');
    expect(asked).toBe(0);
    expect((event!.data() as typeof CREATED).person).toEqual(CREATED.person);
    expect(JSON.parse(JSON.stringify(event!.data()))).toEqual(CREATED);
    expect(asked).toBeGreaterThan(0);
  });
});

describe('the key store', () => {
  it('is readable by its owner only, as is the identity key', async () => {
    const store = openSqliteKeyStore(join(folder, 'keys.sqlite'));
    store.keyFor('x');
    loadIdentityKey(join(folder, 'identity.key'));
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['identity.key', 'keys.sqlite', 'keys.sqlite-wal']));
    for (const name of readdirSync(folder)) {
      expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0]);
    }
    await store.close();
  });
});

describe('the field cipher', () => {
  const key = { id: '7', key: new Uint8Array(32).fill(7) };

  it('opens what it sealed, and only with the same key, place and bytes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as never; // as plain JSON
        const sealed = seal(key, 'event#note', json);
        expect(sealed.k).toBe('7');
        expect(unseal(key.key, 'event#note', sealed)).toEqual(json);
        expect(() => unseal(key.key, 'event#other', sealed)).toThrow('PRIVACY.UNREADABLE');
        expect(() => unseal(new Uint8Array(32), 'event#note', sealed)).toThrow('PRIVACY.UNREADABLE');
        const changed = { ...sealed, ct: (sealed.ct.startsWith('A') ? 'B' : 'A') + sealed.ct.slice(1) };
        expect(() => unseal(key.key, 'event#note', changed)).toThrow('PRIVACY.UNREADABLE');
        expect(() => unseal(key.key, 'event#note', { ...sealed, ct: '' })).toThrow('PRIVACY.UNREADABLE');
      }),
      { numRuns: 50 },
    );
  });

  it('never uses a nonce twice', () => {
    const nonces = Array.from({ length: 2_000 }, () => seal(key, 'p', 'same').iv);
    expect(new Set(nonces).size).toBe(2_000);
  });
});

describe('the identity key', () => {
  it('is made once and then read, and is the same when its text is configured', () => {
    const file = join(folder, 'identity.key');
    const made = loadIdentityKey(file);
    expect(loadIdentityKey(file)).toEqual(made);
    expect(loadIdentityKey(join(folder, 'unused'), readFileSync(file, 'utf8'))).toEqual(made);
    expect(readdirSync(folder)).toEqual(['identity.key']);
  });

  it('gives names that differ by key, kind and part', () => {
    const [one, other] = ['one secret text of enough length', 'other secret text of enough length'].map((text) =>
      keyedHasher(identityKeyOf(text)),
    );
    expect(one!.email('a@b.example')).toMatch(/^[0-9a-f]{64}$/);
    expect(one!.email('a@b.example')).toBe(
      keyedHasher(identityKeyOf('one secret text of enough length')).email('a@b.example'),
    );
    expect(one!.email('a@b.example')).not.toBe(other!.email('a@b.example'));
    expect(one!.email('a')).not.toBe(one!.digest('a'));
    expect(one!.externalId('a', 'b')).not.toBe(one!.externalId('a","b', ''));
  });

  it('refuses a short text without showing it', () => {
    expect(() => identityKeyOf('hunter2')).toThrow(/^(?!.*hunter2).*32 characters/);
  });
});
