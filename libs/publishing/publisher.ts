import type { PublicRecord } from './cloud-event.js';

/** What lies at the end of one partition. */
export interface Tail {
  /** Headers of the last record, null where there is none. */
  readonly last: PublicRecord['headers'] | null;
  /** There were records, and all of them were deleted. */
  readonly isEmptied: boolean;
}

/**
 * A fresh producer, and the ends of the partitions as it found them. After any error it is of no further use: what was sent last may
 * or may not lie there, which only a new session tells.
 */
export interface PublishingSession {
  readonly tails: readonly Tail[];
  /**
   * Resolves when all records lie in this partition, durably and in order, after everything sent to it before in the same session.
   * Sends to different partitions may run at once, those to one partition must not. Throws `PUBLISHING.UNAVAILABLE`.
   */
  send(partition: number, records: readonly PublicRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** One topic of a fixed number of partitions. Adapters: `in-memory/`, `kafka/`; all are held by `testing/publisher.contract.ts`. */
export interface Publisher {
  readonly partitions: number;
  /**
   * Makes the topic where it is missing. Throws `PUBLISHING.UNAVAILABLE` (come again) and, as `refused`, `PUBLISHING.TOPIC_DIFFERS`
   * where it has another number of partitions.
   */
  open(): Promise<PublishingSession>;
  /** What is not as it should be with the topic, as the last `open` found it; for people. */
  warnings(): readonly PublisherWarning[];
  /** Ends what sessions left open. */
  close(): Promise<void>;
}

export interface PublisherWarning {
  readonly code: string;
  readonly detail: string;
}
