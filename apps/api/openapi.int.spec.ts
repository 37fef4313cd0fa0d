import type { OpenAPIObject } from '@nestjs/swagger';
import { runningApp, type RunningApp } from './testing/running-app.js';

type Path = OpenAPIObject['paths'][string];
type Operation = NonNullable<Path['get']>;

let app: RunningApp;
let document: OpenAPIObject;
beforeAll(async () => {
  app = await runningApp();
  document = (await app.get('/docs-json')).json();
});
afterAll(() => app.stop());

const operations = (): (readonly [string, Operation])[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    (['get', 'post'] as const).flatMap((method) =>
      item[method] === undefined ? [] : [[`${method.toUpperCase()} ${path}`, item[method]] as const],
    ),
  );

/** A body's example, alone or the first of several. */
function exampleOf(
  content: Readonly<Record<string, { example?: unknown; examples?: Record<string, unknown> }>>,
): unknown {
  const [media] = Object.values(content);
  const [named] = Object.values(media?.examples ?? {});
  return media?.example ?? (typeof named === 'object' && named !== null && 'value' in named ? named.value : undefined);
}

const COMMANDS = [
  '/leads',
  '/touches',
  ...[
    'change-details',
    'touches',
    'touches/{touchId}/annul',
    'assign',
    'qualify-mql',
    'accept',
    'qualify-sql',
    'reject',
    'recycle',
    'disqualify',
    'reopen',
    'annul-stage',
    'review',
  ].map((one) => `/leads/{id}/${one}`),
  '/deals',
  ...[
    'amend',
    'assign',
    'advance',
    'close',
    'reopen',
    'annul',
    'payments',
    'payments/{paymentId}/refunds',
    'payments/{paymentId}/annul',
    'payments/{paymentId}/refunds/{refundId}/annul',
  ].map((one) => `/deals/{id}/${one}`),
  '/campaigns',
  ...['change-owners', 'end', 'spend', 'spend/{spendId}/correct'].map((one) => `/campaigns/{id}/${one}`),
  '/spend',
  '/definitions/channels',
  '/members',
  '/members/{handle}/move',
  '/members/{handle}/leave',
];
const QUESTIONS = [
  '/leads',
  '/leads/{id}',
  '/leads/{id}/timeline',
  '/deals',
  '/deals/{id}',
  '/pipeline',
  '/members',
  '/campaigns',
  '/campaigns/{id}',
  '/spend',
  '/definitions/channels',
  '/definitions/channels/classify',
  '/imports',
  '/figures',
  '/figures/changes',
  '/kpi',
  '/funnel',
  '/glossary',
  '/feed',
  '/asyncapi.json',
  '/schemas/{type}',
  '/health',
  '/metrics',
];

describe('The OpenAPI document', () => {
  it('names every route that the interface promises', () => {
    const names = operations().map(([name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([...COMMANDS.map((path) => `POST ${path}`), ...QUESTIONS.map((path) => `GET ${path}`)]),
    );
  });

  it('shows figures first', () => {
    expect(document.tags?.[0]?.name).toBe('figures');
  });

  it('says of every route what it does, with an example of its answer and, where it takes one, of its body', () => {
    for (const [name, operation] of operations()) {
      const incomplete: string[] = [];
      if ((operation.summary ?? '') === '') incomplete.push('summary');
      if ((operation.tags ?? []).length === 0) incomplete.push('tag');
      const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
      if (
        !answers.some(
          ([, one]) =>
            one !== undefined &&
            'content' in one &&
            Object.values(one.content ?? {}).some(({ example }) => example !== undefined),
        )
      )
        incomplete.push('answer');
      const body = operation.requestBody;
      if (body !== undefined && (!('content' in body) || exampleOf(body.content) === undefined))
        incomplete.push('body');
      expect([name, incomplete]).toEqual([name, []]);
    }
  });

  it('has examples of bodies that the routes take', async () => {
    // Those whom the examples name.
    for (const [handle, team] of [
      ['hanna', 'marketing'],
      ['henry', 'sales'],
      ['fiona', 'finance'],
    ])
      await app.post('/members', { handle, team, role: 'head' });
    for (const [name, operation] of operations()) {
      const body = operation.requestBody;
      if (body === undefined || !('content' in body)) continue;
      const path = name.replace('POST ', '').replace(/\{[a-zA-Z]+\}/g, '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10');
      const response = await app.post(path, exampleOf(body.content));
      expect([name, response.json<{ errors?: unknown }>().errors ?? []]).toEqual([name, []]);
      expect([name, response.statusCode]).not.toEqual([name, 500]);
    }
  });

  it('is shown at /docs from the package, with nothing fetched from elsewhere', async () => {
    const page = await app.get('/docs');
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.body).not.toMatch(/https?:\/\/|<script>/);
    for (const asset of ['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js', 'favicon-32x32.png']) {
      expect([asset, (await app.get(`/docs/${asset}`)).statusCode]).toEqual([asset, 200]);
    }
  });
});
