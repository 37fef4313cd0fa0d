/** HMACs under the installation's identity key (hex): the same text gives the same name, and the name tells nothing without the key. */
export interface IdentityHasher {
  /** Expects the normalised address. */
  email(text: string): string;
  externalId(system: string, id: string): string;
  /** Of a command's canonical body. */
  digest(body: string): string;
}

/** Nest injection token. */
export const IDENTITY_HASHER = Symbol('IdentityHasher');
