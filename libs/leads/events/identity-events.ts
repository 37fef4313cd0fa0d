import type { DomainEvent } from '#kernel/envelope.js';

/** `identity-<hmac>`: an e-mail or an external id claims a lead; the claim decides the lead's id. */
export interface IdentityClaimedData {
  readonly kind: 'email' | 'external-id';
  readonly lead: string;
}
export interface IdentityReleasedData {
  readonly lead: string;
}
export type IdentityEvent =
  DomainEvent<'identity.claimed', IdentityClaimedData> | DomainEvent<'identity.released', IdentityReleasedData>;

export const identityStream = (hmac: string): string => `identity-${hmac}`;
