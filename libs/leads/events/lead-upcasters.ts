import type { Upcaster } from '#event-store/upcasting.js';
import { leadTouched1 } from './upcasters/lead-touched-1.js';

/** Every step of every event of a lead, in any order. */
export const LEAD_UPCASTERS: readonly Upcaster[] = [leadTouched1];
