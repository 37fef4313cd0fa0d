import { isDeepStrictEqual } from 'node:util';
import { assumedOf, type Asked, type Dated } from '../../asked.js';
import { enterStage } from '../../enter-stage.js';
import type { LeadEvent, MqlQualifiedData } from '../../events/lead-events.js';
import type { LeadDeals } from '../../lead-deals.js';
import type { LeadState } from '../../lead.js';

export interface QualifyMqlInput extends Dated {
  /** The agreed definition with its version, e.g. `mql@1`. */
  readonly definition: string;
  readonly evidence: MqlQualifiedData['evidence'];
}

/** Marketing (or the system) says that the lead meets the definition both teams agreed on. */
export function qualifyMql(asked: Asked<QualifyMqlInput>, lead: LeadState, deals: LeadDeals): LeadEvent[] {
  const { definition, evidence } = asked.input;
  const entry = enterStage(
    'qualify-mql',
    asked,
    lead,
    deals,
    ({ data }) => 'definition' in data && data.definition === definition && isDeepStrictEqual(data.evidence, evidence),
  );
  if (entry === null) return [];
  return [
    {
      type: 'lead.mql-qualified',
      leadId: asked.leadId,
      ...entry,
      data: { definition, evidence, ...assumedOf(asked.input) },
    },
  ];
}
