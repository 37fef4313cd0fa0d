import type { Upcaster } from '#event-store/upcasting.js';
import type { Json } from '#kernel/json.js';

/** Version 2 tells which rules chose the channel; before, every channel was given. */
export const leadCreated1: Upcaster = {
  type: 'lead.created',
  from: 1,
  upcast: (data) => ({ ...(data as Record<string, Json>), channelRule: null }), // a payload is an object
};
