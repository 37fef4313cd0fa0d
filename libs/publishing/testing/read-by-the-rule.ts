import { advance, type Place, type Progress } from '../../../examples/kafka-consumer/only-once.js';

/** Ids of the events that a reader by the consumer rule keeps of one partition, in order. */
export function readByTheRule(records: readonly { readonly headers: Readonly<Record<string, string>> }[]): string[] {
  let progress: Progress | null = null;
  const kept: string[] = [];
  for (const { headers } of records) {
    const next = advance(progress, headers as unknown as Place); // every record of the topic has them
    if (next === null) continue;
    progress = next;
    kept.push(headers['ce_id'] ?? '');
  }
  return kept;
}
