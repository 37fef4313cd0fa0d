import { DomainError } from '#kernel/errors.js';
import type { PublicRecord } from '../cloud-event.js';
import type { Publisher } from '../publisher.js';

/** One adapter, and a way to look at its topic from outside. */
export interface PublisherUnderTest {
  /** A publisher of a topic that is this test's own; again, of the same topic, with the number of partitions asked for. */
  open(partitions: number): Promise<Publisher>;
  /** All records of a partition of that topic, in order. */
  read(partition: number): Promise<readonly PublicRecord[]>;
  /** Deletes all records of that topic, as a retention time does. */
  empty(): Promise<void>;
}

export const aRecord = (number: number, given: Partial<PublicRecord> = {}): PublicRecord => ({
  key: `key-${number}`,
  timestamp: Date.UTC(2026, 2, 1) + number,
  headers: { 'content-type': 'application/json', ce_id: `id-${number}`, ce_actor: 'Zoë ☂' },
  value: JSON.stringify({ number }),
  ...given,
});

const some = (from: number, count: number): PublicRecord[] =>
  Array.from({ length: count }, (_, index) => aRecord(from + index));

/** What every publisher promises. `newTopic` gives each test a topic of its own. */
export function publisherContract(newTopic: () => Promise<PublisherUnderTest>): void {
  let topic: PublisherUnderTest;
  let opened: Publisher[];
  beforeEach(async () => {
    topic = await newTopic();
    opened = [];
  });
  afterEach(async () => {
    for (const publisher of opened) await publisher.close();
  });
  const publisherOf = async (partitions: number): Promise<Publisher> => {
    const publisher = await topic.open(partitions);
    opened.push(publisher);
    return publisher;
  };

  it('makes a topic whose partitions are empty', async () => {
    const publisher = await publisherOf(3);
    const session = await publisher.open();
    expect(publisher.partitions).toBe(3);
    expect(session.tails).toEqual(Array(3).fill({ last: null, isEmptied: false }));
    await session.close();
  });

  it('keeps what was sent to a partition: key, headers, value, time and order', async () => {
    const session = await (await publisherOf(2)).open();
    await Promise.all([session.send(0, some(0, 20)), session.send(1, some(100, 5))]);
    await session.send(0, some(20, 3));
    await session.send(1, []);
    await session.close();
    expect(await topic.read(0)).toEqual(some(0, 23));
    expect(await topic.read(1)).toEqual(some(100, 5));
  });

  it('tells the next session the last record of each partition, also of those that stay quiet', async () => {
    const publisher = await publisherOf(3);
    const first = await publisher.open();
    await first.send(0, some(0, 7));
    await first.send(2, some(50, 1));
    await first.close();
    for (const round of [0, 1]) {
      const session = await (round === 0 ? publisher : await publisherOf(3)).open();
      expect(session.tails.map(({ last }) => last?.['ce_id'] ?? null)).toEqual(['id-6', null, 'id-50']);
      expect(session.tails[0]?.last).toEqual(aRecord(6).headers);
      await session.close();
    }
  });

  it('tells what another session sent meanwhile', async () => {
    const [one, other] = [await (await publisherOf(1)).open(), await (await publisherOf(1)).open()];
    await one.send(0, some(0, 2));
    await other.send(0, some(10, 1));
    await one.send(0, some(2, 1));
    const last = await (await publisherOf(1)).open();
    expect(last.tails[0]?.last?.['ce_id']).toBe('id-2');
    expect((await topic.read(0)).map(({ key }) => key)).toEqual(['key-0', 'key-1', 'key-10', 'key-2']);
    for (const session of [one, other, last]) await session.close();
  });

  it('takes more in one call than a batch of a broker holds', async () => {
    const session = await (await publisherOf(1)).open();
    const large = some(0, 60).map((record) => ({ ...record, value: JSON.stringify('é'.repeat(30_000)) }));
    await session.send(0, large);
    await session.close();
    expect(await topic.read(0)).toEqual(large);
  });

  it('takes a record that is larger than a usual batch', async () => {
    const session = await (await publisherOf(1)).open();
    const record = aRecord(1, { value: JSON.stringify('x'.repeat(2_000_000)) });
    await session.send(0, [record]);
    await session.close();
    expect(await topic.read(0)).toEqual([record]);
  });

  it('refuses a topic that has another number of partitions', async () => {
    await (await (await publisherOf(2)).open()).close();
    await expect((await publisherOf(3)).open()).rejects.toMatchObject({
      kind: 'refused',
      code: 'PUBLISHING.TOPIC_DIFFERS',
      detail: expect.stringMatching(/2 partitions.*3/) as string,
    });
  });

  it('tells partitions that were emptied from those that always were empty', async () => {
    const publisher = await publisherOf(2);
    const session = await publisher.open();
    await session.send(1, some(0, 3));
    await session.close();
    await topic.empty();
    const later = await publisher.open();
    expect(later.tails).toEqual([
      { last: null, isEmptied: false },
      { last: null, isEmptied: true },
    ]);
    await later.close();
  });

  it('takes nothing after its end', async () => {
    const session = await (await publisherOf(1)).open();
    await session.close();
    const refusal = await session.send(0, some(0, 1)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DomainError);
    expect(refusal).toMatchObject({ kind: 'unavailable', code: 'PUBLISHING.UNAVAILABLE' });
    expect(await topic.read(0)).toEqual([]);
  });
}
