import type { Instant } from '#kernel/time.js';
import type { AccessKey } from './access-key.js';

/** Where access keys are kept: apart from the ledger, since who may come in today is no part of a lead's history. Held by `testing/key-register.contract.ts`. */
export interface KeyRegister {
  /** Durable when it resolves. An id that is there already is refused (`ACCESS.KEY_EXISTS`). */
  add(key: AccessKey): Promise<void>;
  /** null: there is none. What another process changed a moment ago is seen. */
  find(id: string): Promise<AccessKey | null>;
  /** In order of creation, revoked ones included. */
  list(): Promise<readonly AccessKey[]>;
  /** For ever; the first revocation's moment stays. false: there is no such key. */
  revoke(id: string, at: Instant): Promise<boolean>;
  /** Notes the use; an earlier moment than the one noted changes nothing. Losing the last one in a crash is harmless. */
  used(id: string, at: Instant): Promise<void>;
  close(): Promise<void>;
}
