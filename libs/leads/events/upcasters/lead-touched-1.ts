import type { Upcaster } from '#event-store/upcasting.js';
import type { Json } from '#kernel/json.js';

/** Version 2 tells what a system sent from what a person did; before, everything was recorded by people. */
export const leadTouched1: Upcaster = {
  type: 'lead.touched',
  from: 1,
  upcast: (data) => ({ ...(data as Record<string, Json>), automated: false }), // a payload is an object
};
