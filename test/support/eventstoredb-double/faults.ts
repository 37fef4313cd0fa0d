/** What a test may make the double do wrong, set over its control port; all counts are of calls to come. */
export interface Faults {
  /** Appends that are written, and then the connection breaks before the answer. */
  dropAfterWrite: number;
  /** Appends that are not written because the connection breaks before. */
  dropBeforeWrite: number;
  /** Appends that are written and answered only after `lateMs`. */
  lateAnswers: number;
  lateMs: number;
  /** Every call of Streams answers UNAVAILABLE "Server Is Not Ready". */
  notReady: boolean;
  /** Every answer of Streams waits; subscriptions fall silent. */
  stalled: boolean;
  /** Gossip answers UNAVAILABLE. */
  gossipFails: boolean;
  /** Appends that answer not-leader and name this server as the leader. */
  notLeader: number;
  /** Added to the clock: a new leader's clock may be behind. */
  skewMs: number;
}

export const noFaults = (): Faults => ({
  ...{ dropAfterWrite: 0, dropBeforeWrite: 0, lateAnswers: 0, lateMs: 0, notLeader: 0, skewMs: 0 },
  ...{ notReady: false, stalled: false, gossipFails: false },
});
