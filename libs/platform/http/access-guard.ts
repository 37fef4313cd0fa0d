import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Role } from '#access/access-key.js';
import type { Principal } from '#access/authenticate.js';
import type { FailedAttempts } from '#access/failed-attempts.js';
import { DomainError } from '#kernel/errors.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who came in with a key; null without sign-in, and on routes that anyone may ask. */
    principal: Principal | null;
  }
}

/** Who may use a route: holders of keys with one of these roles, or anyone at all. By `<METHOD> <route>`. */
export type RouteRoles = Readonly<Record<string, readonly Role[] | 'anyone'>>;

export interface AccessGuard {
  readonly authenticate: (authorization: string | undefined, allowBasic: boolean) => Promise<Principal>;
  readonly roles: RouteRoles;
  readonly attempts: FailedAttempts;
  /** Told of every refusal, with the address it came from; never of a key. */
  readonly refused: (code: string, request: FastifyRequest) => void;
  /** Holds a refusal back; for specs. */
  readonly wait?: (ms: number) => Promise<unknown>;
}

/**
 * Lets only keys in whose role may use the route. A route that the table does not name is closed to everybody. Browsers, which cannot send a
 * key of their own accord, ask for it as a password and may only look (GET): a form of another site can then change nothing.
 */
export function guardRoutes(fastify: FastifyInstance, guard: AccessGuard): void {
  fastify.addHook('onRequest', async (request, reply) => {
    const route = routeOf(request);
    const roles = route === null ? [] : guard.roles[route];
    if (roles === 'anyone') {
      // Whoever brings a key to an open route learns more there.
      if (request.headers.authorization !== undefined)
        request.principal = await guard.authenticate(request.headers.authorization, isLook(request)).catch(() => null);
      return;
    }
    const principal = await enter(guard, request, reply);
    request.principal = principal;
    // Whether a route exists is told to whoever may come in at all.
    if (route === null || roles?.includes(principal.role) === true) return;
    guard.refused('ACCESS.ROLE', request);
    throw new DomainError('forbidden', 'ACCESS.ROLE', whoMay(principal.role, roles));
  });
}

async function enter(guard: AccessGuard, request: FastifyRequest, reply: FastifyReply): Promise<Principal> {
  try {
    return await guard.authenticate(request.headers.authorization, isLook(request));
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind !== 'unauthenticated') throw error;
    // A first visit of a browser brings no key and is no attempt.
    const delay = error.code === 'ACCESS.KEY_MISSING' ? 0 : guard.attempts.failed(request.ip);
    if (delay > 0) await (guard.wait ?? sleep)(delay);
    guard.refused(error.code, request);
    reply.header(
      'www-authenticate',
      isPage(request) ? 'Basic realm="Concord", charset="UTF-8"' : 'Bearer realm="Concord"',
    );
    throw error;
  }
}

/** null: there is no such route. */
function routeOf({ method, routeOptions }: FastifyRequest): string | null {
  const { url } = routeOptions;
  return url === undefined ? null : `${method === 'HEAD' ? 'GET' : method} ${url}`;
}

const isLook = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

const isPage = (request: FastifyRequest): boolean =>
  isLook(request) && (request.headers.accept ?? '').includes('text/html');

const whoMay = (role: Role, roles: readonly Role[] | undefined): string =>
  roles === undefined
    ? 'this route is open to no role'
    : `a key of role "${role}" may not do this; it takes ${roles.join(', ')}`;
