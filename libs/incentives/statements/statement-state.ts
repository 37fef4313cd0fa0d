import type { StreamEvent } from '#kernel/decider.js';
import type { Actor } from '#kernel/envelope.js';
import type {
  DebtWrittenOffData,
  StatementApprovedData,
  StatementDisputedData,
  StatementDraftedData,
  StatementEvent,
  StatementPaidData,
  StatementRuledData,
} from '../events/statement-events.js';

export type RecordedStatementEvent = StreamEvent<StatementEvent>;

interface Done<Data> {
  readonly by: Actor;
  readonly data: Data;
}

/** What was done about one statement, in order. */
export interface StatementState {
  /** The last draft. */
  readonly drafted: Done<StatementDraftedData> | null;
  readonly approved: Done<StatementApprovedData> | null;
  readonly paid: Done<StatementPaidData> | null;
  readonly disputes: ReadonlyMap<
    string,
    Done<StatementDisputedData> & { readonly ruled: Done<StatementRuledData> | null }
  >;
  readonly writtenOff: readonly Done<DebtWrittenOffData>[];
}

export const initialStatement: StatementState = {
  drafted: null,
  approved: null,
  paid: null,
  disputes: new Map(),
  writtenOff: [],
};

/** The pure fold of a statement's stream. An unknown event type changes nothing. */
export function evolveStatement(state: StatementState, event: RecordedStatementEvent): StatementState {
  const by = event.actor;
  switch (event.type) {
    case 'statement.drafted':
      return { ...state, drafted: { by, data: event.data } };
    case 'statement.approved':
      return { ...state, approved: { by, data: event.data } };
    case 'statement.paid':
      return { ...state, paid: { by, data: event.data } };
    case 'statement.disputed': {
      const dispute = { by, data: event.data, ruled: null };
      return { ...state, disputes: new Map(state.disputes).set(event.data.disputeId, dispute) };
    }
    case 'statement.ruled': {
      const dispute = state.disputes.get(event.data.disputeId);
      if (dispute === undefined) return state;
      const ruled = { ...dispute, ruled: { by, data: event.data } };
      return { ...state, disputes: new Map(state.disputes).set(event.data.disputeId, ruled) };
    }
    case 'statement.debt-written-off':
      return { ...state, writtenOff: [...state.writtenOff, { by, data: event.data }] };
    default:
      return state;
  }
}
