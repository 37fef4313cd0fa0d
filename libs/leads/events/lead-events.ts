import type { DomainEvent, Team } from '#kernel/envelope.js';

/** The wire's direct knowledge of a person; encrypted before any store sees it. */
export interface Person {
  readonly email: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly phone: string | null;
}

export interface ExternalId {
  readonly system: string;
  readonly id: string;
}

/** Marks what an import had to assume; counts include it, durations never. */
export interface Assumed {
  readonly assumed?: readonly 'occurredAt'[];
}

/** How the lead came in. */
export interface Origin {
  readonly channel: string | null;
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly content: string | null;
}

export interface LeadDetails extends Origin {
  /** personal */
  readonly person: Person | null;
  readonly company: string | null;
  readonly externalIds: readonly ExternalId[];
  readonly segment: string | null;
  readonly country: string | null;
  readonly product: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface LeadCreatedData extends LeadDetails, Assumed {
  readonly owner: string | null;
  readonly ownerTeam: Team | null;
  /** Name of the rules that chose the channel (`channels@2`), also where none of them holds; null when it was given. */
  readonly channelRule: string | null;
}

/** Only the changed fields; `person` holds only its changed members, `dimensions` only the changed keys (null removes). */
export interface LeadDetailsChangedData extends Assumed {
  readonly person?: Partial<Person>;
  readonly company?: string | null;
  readonly externalIds?: readonly ExternalId[];
  readonly channel?: string | null;
  readonly source?: string | null;
  readonly medium?: string | null;
  readonly campaign?: string | null;
  readonly content?: string | null;
  readonly segment?: string | null;
  readonly country?: string | null;
  readonly product?: string | null;
  readonly dimensions?: Readonly<Record<string, string | null>>;
}

export const TOUCH_OUTCOMES = ['attempted', 'connected', 'replied', 'meeting-held', 'no-show', 'bounced'] as const;
export type TouchOutcome = (typeof TOUCH_OUTCOMES)[number];

export interface LeadTouchedData extends Origin, Assumed {
  readonly touchId: string;
  /** Handle of the member who touched; `team` is theirs at that moment. */
  readonly member: string | null;
  readonly team: Team | null;
  readonly kind: string;
  /** Name of the rules that chose the channel (`channels@2`), also where none of them holds; null when it was given. */
  readonly channelRule: string | null;
  readonly direction: 'inbound' | 'outbound' | null;
  readonly automated: boolean;
  readonly outcome: TouchOutcome | null;
  readonly recordingUrl: string | null;
  /** personal */
  readonly note: string | null;
}

export interface TouchAnnulledData {
  readonly touchId: string;
  /** personal */
  readonly reason: string | null;
}

export interface LeadAssignedData extends Assumed {
  readonly owner: string | null;
  readonly team: Team | null;
}

export interface MqlQualifiedData extends Assumed {
  /** e.g. `mql@1` */
  readonly definition: string;
  readonly evidence: readonly { readonly rule: string; readonly value: string | number | boolean }[];
}

export interface LeadAcceptedData extends Assumed {
  /** The actor, where the lead had no owner before; else null (unchanged). */
  readonly becomesOwner: string | null;
  /** personal */
  readonly note: string | null;
}

export interface SqlQualifiedData extends Assumed {
  /** personal */
  readonly note: string | null;
}

export interface LeadExitData extends Assumed {
  /** A code of the list that holds for this exit. */
  readonly reason: string;
  /** personal; mandatory with `other` */
  readonly note: string | null;
}

export interface LeadRecycledData extends LeadExitData {
  /** A day (`2026-03-01`). */
  readonly until: string | null;
}

export interface LeadReopenedData extends Assumed {
  /** `correction`: same pass, the exit `annuls` (a revision of this stream) is taken back in figures. `new-pass`: stage lead, the envelope's pass is the new one. */
  readonly mode: 'correction' | 'new-pass';
  readonly annuls: number | null;
  /** personal */
  readonly note: string | null;
}

export interface StageAnnulledData {
  /** Revision in this stream of the stage event that is taken back. */
  readonly annuls: number;
  readonly stage: 'mql' | 'sal' | 'sql';
  /** True when that event had opened its pass: the pass is cancelled and the exit before it stands again. */
  readonly cancelsPass: boolean;
  /** personal */
  readonly reason: string | null;
}

export interface LeadReviewedData {
  readonly phase: 'intake' | 'outcome';
  /** 1 to 5. */
  readonly quality: number | null;
  readonly needs: readonly string[];
  readonly challenges: readonly string[];
  readonly helped: readonly string[];
  readonly wentWrong: readonly string[];
  /** personal */
  readonly note: string | null;
}

export type LeadEvent =
  | DomainEvent<'lead.created', LeadCreatedData>
  | DomainEvent<'lead.details-changed', LeadDetailsChangedData>
  | DomainEvent<'lead.touched', LeadTouchedData>
  | DomainEvent<'lead.touch-annulled', TouchAnnulledData>
  | DomainEvent<'lead.assigned', LeadAssignedData>
  | DomainEvent<'lead.mql-qualified', MqlQualifiedData>
  | DomainEvent<'lead.accepted', LeadAcceptedData>
  | DomainEvent<'lead.rejected', LeadExitData>
  | DomainEvent<'lead.sql-qualified', SqlQualifiedData>
  | DomainEvent<'lead.recycled', LeadRecycledData>
  | DomainEvent<'lead.disqualified', LeadExitData>
  | DomainEvent<'lead.reopened', LeadReopenedData>
  | DomainEvent<'lead.stage-annulled', StageAnnulledData>
  | DomainEvent<'lead.reviewed', LeadReviewedData>;

/** Stages of the lead's own stream; opportunity, customer and lost are derived from its deals. */
export type LeadStage = 'lead' | 'mql' | 'sal' | 'sql' | 'rejected' | 'recycled' | 'disqualified';

export const leadStream = (leadId: string): string => `lead-${leadId}`;
