import { createHash } from 'node:crypto';
import { canonicalJson } from '#platform/http/canonical-json.js';
import type { PlanTerms } from './terms.js';

export interface PlanContent {
  readonly planId: string;
  readonly version: number;
  readonly terms: PlanTerms;
}

/** What is signed and accepted: SHA-256 (hex) of the canonical JSON (keys sorted, no spaces) of `{planId, terms, version}`. */
export const planHash = ({ planId, version, terms }: PlanContent): string =>
  createHash('sha256').update(canonicalJson({ planId, version, terms })).digest('hex');
