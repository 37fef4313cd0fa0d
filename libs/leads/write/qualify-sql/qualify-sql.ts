import { assumedOf, type Asked, type Dated } from '../../asked.js';
import { enterStage } from '../../enter-stage.js';
import type { LeadEvent } from '../../events/lead-events.js';
import type { LeadDeals } from '../../lead-deals.js';
import type { LeadState } from '../../lead.js';

export interface QualifySqlInput extends Dated {
  readonly note: string | null;
}

/** Sales found a real need (SQL). */
export function qualifySql(asked: Asked<QualifySqlInput>, lead: LeadState, deals: LeadDeals): LeadEvent[] {
  const { note } = asked.input;
  const entry = enterStage('qualify-sql', asked, lead, deals, ({ data }) => 'note' in data && data.note === note);
  if (entry === null) return [];
  return [{ type: 'lead.sql-qualified', leadId: asked.leadId, ...entry, data: { note, ...assumedOf(asked.input) } }];
}
