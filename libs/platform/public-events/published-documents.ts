import { asyncApiOf } from '#publishing/asyncapi.js';
import { eventCatalogueOf } from '#publishing/event-catalogue.js';
import { EVERY_PUBLIC_EVENT } from './every-public-event.js';

/** What `CONCORD_TOPIC` is where nobody says otherwise. */
export const USUAL_TOPIC = 'concord.events';

/** Of the contract, by semantic versioning: an event or a field more is a minor version. */
const CONTRACT_VERSION = '1.0.0';

/** The AsyncAPI document of this program's events. */
export const asyncApiDocument = (topic: string = USUAL_TOPIC) =>
  asyncApiOf({ contract: EVERY_PUBLIC_EVENT, version: CONTRACT_VERSION, topic });

/** Generated pages, by their path in the project. */
export const publishedDocuments = (): readonly (readonly [path: string, text: string])[] => [
  ['docs/asyncapi.json', `${JSON.stringify(asyncApiDocument(), null, 2)}\n`],
  ['docs/event-catalogue.md', eventCatalogueOf(EVERY_PUBLIC_EVENT)],
];
