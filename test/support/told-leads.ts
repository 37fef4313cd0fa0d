import { uuidv5, type Uuid } from '#kernel/ids.js';
import type { ArrayEventStore } from '#publishing/testing/array-event-store.js';

const DETAILS = {
  ...{ person: null, company: null, externalIds: [], source: null, medium: null, campaign: null, content: null },
  ...{ segment: null, country: null, product: null, dimensions: {}, owner: null, ownerTeam: null },
};
const MQL = { definition: 'mql@1', evidence: [] };
const NAMESPACE = '9b2d6c0e-7a51-4f0c-8d0e-2f1a3b4c5d6e' as Uuid;

/** Eight leads whose lives hold everything that changes a lead's channel or stage. */
export function tellLeads(ledger: ArrayEventStore): void {
  const tell = (lead: number, type: string, data: object = {}, pass = 1): void => {
    const leadId = uuidv5(NAMESPACE, String(lead));
    ledger.add(`lead-${leadId}`, { eventId: uuidv5(leadId, String(ledger.events.length)), type, leadId, pass, data });
  };
  for (let lead = 0; lead < 8; lead++)
    tell(lead, 'lead.created', { ...DETAILS, channel: lead % 2 === 0 ? 'email' : null });
  for (const lead of [1, 2, 3, 4, 5]) tell(lead, 'lead.mql-qualified', MQL);
  for (const lead of [2, 3]) tell(lead, 'lead.accepted');
  // Recorded late: it does not bring lead 3 back.
  tell(3, 'lead.sql-qualified');
  tell(3, 'lead.mql-qualified', MQL);
  // A mis-click, taken back.
  tell(1, 'lead.stage-annulled', { annuls: 1, stage: 'mql' });
  // Rejected by mistake, and rejected and come again.
  tell(4, 'lead.rejected', { reason: 'invalid' });
  tell(4, 'lead.reopened', { mode: 'correction', annuls: 2 });
  tell(5, 'lead.rejected', { reason: 'no-need' });
  tell(5, 'lead.reopened', { mode: 'new-pass', annuls: null }, 2);
  tell(6, 'lead.disqualified', { reason: 'duplicate' });
  tell(7, 'lead.details-changed', { channel: 'web' });
  tell(2, 'lead.details-changed', { company: 'Engines' });
  // Of no lead's stream.
  ledger.add('organisation', { type: 'organisation.configured', data: { currency: 'EUR' } });
}

export const EXPECTED = [
  { channel: 'email', stage: 'disqualified', leads: 1 },
  { channel: 'email', stage: 'lead', leads: 1 },
  { channel: 'email', stage: 'mql', leads: 1 },
  { channel: 'email', stage: 'sal', leads: 1 },
  { channel: 'web', stage: 'lead', leads: 1 },
  { channel: null, stage: 'lead', leads: 2 },
  { channel: null, stage: 'sql', leads: 1 },
];
