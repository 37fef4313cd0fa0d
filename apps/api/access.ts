import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { authenticator, type Principal } from '#access/authenticate.js';
import { failedAttempts } from '#access/failed-attempts.js';
import type { Ledger } from '#apps/composition/ledger.js';
import { openKeyRegister } from '#apps/composition/stores.js';
import { DomainError } from '#kernel/errors.js';
import type { MemberRoster } from '#members/roster.js';
import { guardRoutes } from '#platform/http/access-guard.js';
import type { Metrics } from '#platform/metrics/metrics.js';
import { ROUTE_ROLES } from './route-roles.js';

/** Where keys are on: only their holders come in, as the member and with the role of the key. Call it before any route is added. */
export async function requireKeys(fastify: FastifyInstance, ledger: Ledger, metrics: Metrics): Promise<void> {
  fastify.decorateRequest('principal', null);
  if (ledger.config.auth === 'off') return;
  const register = await openKeyRegister(ledger.config);
  fastify.addHook('onClose', () => register.close());
  const attempts = failedAttempts();
  metrics.watch(
    'concord_access_failed_attempts',
    'Requests with a key that lets nobody in, since the start.',
    () => attempts.total,
  );
  const authenticate = authenticator(register);
  const logger = new Logger('access');
  guardRoutes(fastify, {
    authenticate: async (authorization, allowBasic) => {
      const principal = await authenticate(authorization, allowBasic);
      await assertStillThere(ledger.roster, principal);
      return principal;
    },
    roles: ROUTE_ROLES,
    attempts,
    refused: (code, { id, ip, method, routeOptions }) => {
      logger.warn({ msg: 'refused', code, correlationId: id, address: ip, method, route: routeOptions.url });
    },
  });
}

/** Who has left no longer comes in, whether or not somebody remembered the key. A name that no member has is a program's. */
async function assertStillThere(roster: MemberRoster, { member }: Principal): Promise<void> {
  const holder = await roster.holderOf(member);
  if (holder === null || (await roster.teamAt(holder, Date.now())) !== null) return;
  throw new DomainError('unauthenticated', 'ACCESS.MEMBER_LEFT', `${holder} has left, and the key with them`);
}
