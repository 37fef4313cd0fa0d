import type { Ledger } from '#apps/composition/ledger.js';
import type { CommandContext } from '#event-store/command-context.js';
import { freshUuid, type Uuid } from '#kernel/ids.js';
import type { LeadsDeps } from '#leads/leads-deps.js';
import type { TouchInput } from '#leads/touch-facts.js';
import { handleCreateLead } from '#leads/write/create-lead/create-lead.handler.js';
import type { CreateLeadInput } from '#leads/write/create-lead/create-lead.command.js';
import { handleRecordTouch } from '#leads/write/record-touch/record-touch.handler.js';

/** The real use cases over the composed ledger, as the command bus calls them. */
export interface LeadCommands {
  createLead(input: CreateLeadInput): Promise<Uuid>;
  recordTouch(lead: Uuid): Promise<unknown>;
}

export function leadCommands({ eventStore, roster, hasher }: Ledger): LeadCommands {
  const deps: LeadsDeps = { store: eventStore, roster, identity: hasher };
  return {
    createLead: async (input) => (await handleCreateLead(deps, { context: contextNow(), input })).id as Uuid, // a lead's id is one
    recordTouch: (leadId) => handleRecordTouch(deps, { context: contextNow(), leadId, input: TOUCH }),
  };
}

function contextNow(): CommandContext {
  const commandId = freshUuid();
  return {
    commandId,
    commandDigest: '0'.repeat(64),
    correlationId: commandId,
    causationId: null,
    actor: { id: 'bench', team: 'marketing' },
    now: Date.now(),
  };
}

/** With a note, which is personal and so encrypted. */
const TOUCH: TouchInput = {
  kind: 'call',
  channel: 'outbound-call',
  source: null,
  medium: null,
  campaign: 'spring',
  content: null,
  direction: 'outbound',
  automated: false,
  outcome: 'connected',
  recordingUrl: null,
  note: 'Wants to hear more about the larger plan next week.',
};

export const leadInput = (index: number, email: boolean): CreateLeadInput => ({
  person: email
    ? {
        email: `${freshUuid()}@example.com`,
        firstName: 'Ada',
        lastName: `Lovelace ${index}`,
        phone: '+44 20 7946 0000',
      }
    : null,
  company: 'Analytical Engines Ltd',
  externalIds: [],
  channel: 'paid_search',
  source: 'google',
  medium: 'cpc',
  campaign: 'spring',
  content: 'landing-a',
  segment: 'small',
  country: 'GB',
  product: null,
  dimensions: {},
  owner: null,
  touches: [],
  onDuplicate: 'refuse',
});
