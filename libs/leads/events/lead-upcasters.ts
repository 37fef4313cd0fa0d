import type { Upcaster } from '#event-store/upcasting.js';
import { leadCreated1 } from './upcasters/lead-created-1.js';
import { leadTouched1 } from './upcasters/lead-touched-1.js';

/** Every step of every event of a lead, in any order. */
export const LEAD_UPCASTERS: readonly Upcaster[] = [leadCreated1, leadTouched1];
