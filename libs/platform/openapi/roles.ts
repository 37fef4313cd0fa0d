import type { OpenAPIObject } from '@nestjs/swagger';
import type { RouteRoles } from '../http/access-guard.js';

/** The security scheme's name. */
export const KEY = 'key';

/** Says of every operation whether it takes a key, and of which roles. The key is optional, since a server may let everybody in. */
export function withRoles(document: OpenAPIObject, roles: RouteRoles): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of ['get', 'post'] as const) {
      const operation = item[method];
      if (operation === undefined) continue;
      const allowed = roles[`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`];
      if (allowed === undefined || allowed === 'anyone') operation.security = [];
      else {
        operation.security = [{ [KEY]: [] }, {}];
        const note = `With keys on, for the roles ${allowed.join(', ')}.`;
        operation.description = [operation.description, note]
          .filter((text) => text !== undefined && text !== '')
          .join('\n\n');
      }
    }
  }
  return document;
}
