import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import fastify from 'fastify';

/** Headers by name, the same for every answer of their kind. */
export type SecurityHeaders = Readonly<Record<string, string>>;

/**
 * What helmet says for these options, found out once: it would put its policy together anew for every request, which costs more than
 * routing and parsing one.
 */
export async function securityHeaders(options: FastifyHelmetOptions): Promise<SecurityHeaders> {
  const probe = fastify();
  await probe.register(helmet, options);
  probe.get('/', (_request, reply) => reply.send());
  const without = fastify();
  without.get('/', (_request, reply) => reply.send());
  const [said, usual] = [(await probe.inject('/')).headers, (await without.inject('/')).headers];
  await Promise.all([probe.close(), without.close()]);
  return Object.fromEntries(
    // Answers hold personal data and change with every event: nothing on the way keeps them.
    Object.entries({ ...said, 'cache-control': 'no-store' })
      .filter(([name]) => !(name in usual))
      .map(([name, value]) => [name, String(value)]),
  );
}

/** No script but our own, nothing from elsewhere; HTTPS is not forced, since this listens on loopback. */
export const EVERYWHERE: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  // For browsers that no longer exist, or about what `default-src 'none'` forbids anyway.
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  xDnsPrefetchControl: false,
  originAgentCluster: false,
};

/** Swagger UI sets styles on elements; scripts come from here alone. */
export const IN_DOCS: FastifyHelmetOptions = {
  ...EVERYWHERE,
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
};
