import type { LeadStage } from '../../events/lead-events.js';
import { inPass, leadDeals, type LeadDeal } from '../../lead-deals.js';
import { furthestStage, type Step } from '../../lead-steps.js';
import type { StandingStep } from './lead-document.js';

/** The lead's own stage, or what its deals make of it. */
export type DerivedStage = LeadStage | 'opportunity' | 'customer' | 'lost';

/**
 * A won deal makes a customer, whatever came after; an exit of the current pass stands before its deals; an open deal makes an
 * opportunity; a pass whose deals are all lost is lost; else the stage that the lead's own stream says.
 */
export function derivedStage(steps: readonly StandingStep[], pass: number, deals: readonly LeadDeal[]): DerivedStage {
  const own = furthestStage(steps as readonly Step[], pass); // looks at kinds, stages and passes only
  if (deals.length === 0) return own;
  const all = leadDeals(deals);
  if (all.customer) return 'customer';
  if (own === 'rejected' || own === 'recycled' || own === 'disqualified') return own;
  if (all.openDeals > 0) return 'opportunity';
  return inPass(all, pass).allLost ? 'lost' : own;
}
