/** How far a reader is in one partition. Keep it together with what you make of the events: one transaction, or none of the two. */
export interface Progress {
  readonly ledgerId: string;
  readonly position: bigint;
  /** Ledgers that this partition held events of before: what still comes from them is late. */
  readonly earlier: readonly string[];
}

/** The headers of a record that the rule looks at. */
export interface Place {
  readonly ce_ledgerid: string;
  readonly ce_position: string;
}

/**
 * The consumer rule: **keep the highest position of each partition and drop every record at or below it.** A record may lie in its
 * partition twice (the relay was killed, a broker changed, two relays ran), never out of order the first time. Gives the progress after
 * this record, or null where it is to be dropped. When a ledger moves to another store its positions begin anew under a new
 * `ce_ledgerid`, without repeating what the partition held already.
 */
export function advance(progress: Progress | null, record: Place): Progress | null {
  const position = BigInt(record.ce_position);
  const { ce_ledgerid: ledgerId } = record;
  if (progress === null) return { ledgerId, position, earlier: [] };
  if (progress.ledgerId === ledgerId) return position > progress.position ? { ...progress, position } : null;
  if (progress.earlier.includes(ledgerId)) return null;
  return { ledgerId, position, earlier: [...progress.earlier, progress.ledgerId] };
}
