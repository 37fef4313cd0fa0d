import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { RouteRoles } from '../http/access-guard.js';
import { completed } from './completed.js';
import { KEY, withRoles } from './roles.js';

const ABOUT = `One shared, replayable ledger of every lead's life, for marketing and sales.

**Commands** are \`POST\`, one route a use case. Send an \`Idempotency-Key\` and repeat safely; \`ETag\` is the stream's revision and may be
sent as \`If-Match\`. **Questions** are \`GET\`; \`minPosition\` (the \`position\` of a command's answer) makes them wait until they include it,
\`knownAt\` asks what was known at a moment. **Errors** are \`application/problem+json\` with a stable \`code\`.`;

const TAGS: readonly (readonly [string, string])[] = [
  ['figures', 'The unified KPI, the funnel and every other number, on two clocks'],
  ['leads', 'The life of a lead: created, touched, qualified, handed over, closed, reopened'],
  ['deals', 'From opportunity to payment'],
  ['members', 'Who is in which team'],
  ['imports', 'Files that were read in'],
  ['events', 'The ledger’s public events, for data teams'],
  ['operation', 'Health and metrics'],
];

/** The OpenAPI document of everything that the app serves, completed with what all routes have in common. */
export function openApiOf(app: NestFastifyApplication, roles: RouteRoles = {}): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Concord')
    .setDescription(ABOUT)
    .setVersion('1')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'A key (`ck_…`), where the server lets only keys in.' },
      KEY,
    )
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0');
  for (const [name, description] of TAGS) builder.addTag(name, description);
  return withRoles(completed(SwaggerModule.createDocument(app, builder.build())), roles);
}

/** `/docs` (Swagger UI, from the package: nothing is fetched from elsewhere) and `/docs-json`. Call it before `app.init()`. */
export function serveOpenApi(app: NestFastifyApplication, roles: RouteRoles = {}): void {
  const fastify = app.getHttpAdapter().getInstance();
  let text: string | null = null;
  fastify.get('/docs-json', (_request, reply) => {
    text ??= JSON.stringify(openApiOf(app, roles));
    return reply.type('application/json; charset=utf-8').send(text);
  });
  fastify.get('/docs', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  fastify.get('/docs/start.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(START));
  for (const [name, type] of ASSETS) {
    let bytes: Buffer | null = null;
    fastify.get(`/docs/${name}`, (_request, reply) => {
      bytes ??= readFileSync(join(swaggerUi(), name));
      return reply.type(type).header('cache-control', 'max-age=86400').send(bytes);
    });
  }
}

const ASSETS = [
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ['favicon-32x32.png', 'image/png'],
] as const;

/** The folder of the version that @nestjs/swagger brings along. */
function swaggerUi(): string {
  const ofNest = createRequire(createRequire(import.meta.url).resolve('@nestjs/swagger'));
  return dirname(ofNest.resolve('swagger-ui-dist/package.json'));
}

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Concord: HTTP interface</title>
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="ui"></div>
<noscript>This page needs JavaScript; the document itself is at <a href="/docs-json">/docs-json</a>.</noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const START = `SwaggerUIBundle({ url: '/docs-json', dom_id: '#ui', deepLinking: true, docExpansion: 'list', defaultModelsExpandDepth: 0, validatorUrl: null });\n`;
