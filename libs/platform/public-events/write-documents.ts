import { writeFileSync } from 'node:fs';
import { publishedDocuments } from './published-documents.js';

// `npm run event-catalogue`: writes the generated pages, from the project's folder.
for (const [path, text] of publishedDocuments()) writeFileSync(path, text);
