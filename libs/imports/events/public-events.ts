import type { PublicEvents } from '#publishing/public-event.js';
import { flag, id, mapOf, text, whole, withheld } from '#publishing/shape.js';
import type { ImportEvent } from './import-events.js';

export const IMPORT_PUBLIC_EVENTS = {
  'import.started': {
    version: 1,
    summary: 'Files are being imported.',
    fields: {
      importId: id,
      mapping: text,
      system: text,
      files: withheld('a file’s name may hold anything'),
      asHistory: flag,
    },
  },
  'import.finished': {
    version: 1,
    summary: 'An import is done: rows read, refused and without news, and the events recorded, by type.',
    fields: { importId: id, rows: whole, rejected: whole, unchanged: whole, events: mapOf(whole) },
  },
} satisfies PublicEvents<ImportEvent>;
