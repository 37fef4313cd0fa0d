import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Responses = Operation['responses'];
type Schema = Exclude<NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string], { $ref: string }>;

/**
 * What every route has in common and no controller should repeat: the headers of commands, the answer of commands, an example of each
 * body (put together from its properties' examples), and the problems that may be answered.
 */
export function completed(document: OpenAPIObject): OpenAPIObject {
  const schemas = document.components?.schemas ?? {};
  schemas['Problem'] = PROBLEM;
  for (const path of Object.values(document.paths)) {
    if (path.post !== undefined) completeCommand(path.post, schemas);
    if (path.get !== undefined) path.get.responses = { ...problems([400, 401, 403, 404, 503]), ...path.get.responses };
  }
  return { ...document, components: { ...document.components, schemas } };
}

function completeCommand(command: Operation, schemas: Readonly<Record<string, unknown>>): void {
  command.parameters = [...(command.parameters ?? []), ...HEADERS];
  const body =
    command.requestBody !== undefined && 'content' in command.requestBody
      ? command.requestBody.content['application/json']
      : undefined;
  if (body?.schema !== undefined && body.example === undefined && body.examples === undefined)
    body.example = exampleOf(body.schema, schemas, 0);
  const responses = command.responses;
  for (const status of ['200', '201']) {
    const given: Responses[string] = responses[status];
    if (given === undefined && status === '201') continue;
    if (given === undefined || '$ref' in given || given.content === undefined) {
      const described =
        given !== undefined && 'description' in given && given.description !== ''
          ? given.description
          : 'Done; the same when it is repeated.';
      responses[status] = {
        description: described,
        content: { 'application/json': { schema: { type: 'object' }, example: ANSWER } },
      };
    }
  }
  command.responses = { ...problems([400, 401, 403, 404, 409, 412, 413, 422, 503]), ...responses };
}

/** An example of a schema from the examples of its parts; undefined where there is none. */
export function exampleOf(schema: unknown, schemas: Readonly<Record<string, unknown>>, depth: number): unknown {
  if (typeof schema !== 'object' || schema === null || depth > 6) return undefined;
  if ('$ref' in schema) return exampleOf(schemas[String(schema.$ref).split('/').at(-1) ?? ''], schemas, depth + 1);
  const { properties, items, allOf, oneOf, enum: choices, ...rest } = schema as Schema; // what is no reference is a schema
  const example: unknown = rest.example;
  const usual: unknown = rest.default;
  if (example !== undefined) return example;
  if (usual !== undefined) return usual;
  if (allOf?.[0] !== undefined) return exampleOf(allOf[0], schemas, depth + 1);
  if (oneOf?.[0] !== undefined) return exampleOf(oneOf[0], schemas, depth + 1);
  if (choices?.[0] !== undefined) return choices[0];
  if (items !== undefined) {
    const item = exampleOf(items, schemas, depth + 1);
    return item === undefined ? undefined : [item];
  }
  if (properties === undefined) return undefined;
  const members = Object.entries(properties).map(
    ([name, member]) => [name, exampleOf(member, schemas, depth + 1)] as const,
  );
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

const header = (name: string, description: string, example: string) =>
  ({ name, in: 'header', required: false, description, schema: { type: 'string' }, example }) as const;

const HEADERS = [
  header(
    'Idempotency-Key',
    'Up to 255 characters. The same key, actor and route is the same command; without one a fresh key is made and returned.',
    'crm-4711-created',
  ),
  header('If-Match', 'The revision (ETag) that this command expects; 412 when it is another one.', '"3"'),
  header('X-Actor-Id', 'Handle of the member who acts, as long as there is no sign-in.', 'charles'),
  header(
    'X-Actor-Team',
    'marketing, sales, finance, management or system; counts only for someone whom the roster does not know.',
    'sales',
  ),
  header('X-Correlation-Id', 'Carried into the events, the logs and the answer.', 'nightly-sync-17'),
];

const ANSWER = {
  id: '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10',
  revision: 3,
  position: '1042',
  repeated: false,
  events: [{ id: '3b0c9d5e-5f0a-5e0b-9a0c-8d7e6f5a4b3c', type: 'lead.mql-qualified', revision: 3 }],
};

const text = { type: 'string' } as const;

const PROBLEM: Schema = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'detail', 'code', 'correlationId'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    code: { ...text, description: 'stable' },
    correlationId: text,
    errors: { type: 'array', items: { type: 'object', properties: { pointer: text, code: text, detail: text } } },
    existing: { ...text, description: 'for a duplicate: the id of the lead that is there already' },
  },
};

const PROBLEMS: Readonly<Record<number, readonly [string, string]>> = {
  400: ['Malformed.', 'REQUEST.INVALID'],
  401: ['A key is needed, where keys are on.', 'ACCESS.KEY_MISSING'],
  403: ['The wrong team, or a key of a role that may not do this.', 'LEAD.WRONG_TEAM'],
  404: ['Not there.', 'LEAD.NOT_FOUND'],
  409: ['A rule refuses it, or a duplicate.', 'LEAD.TRANSITION_REFUSED'],
  412: ['Another revision than If-Match says.', 'COMMAND.STALE_REVISION'],
  413: ['The body is too large.', 'REQUEST.TOO_LARGE'],
  422: ['The Idempotency-Key was used with another body, or an amount has no rate.', 'COMMAND.ID_REUSED'],
  503: ['The ledger is out of reach or the answer is not ready; see Retry-After.', 'READ_MODEL.BEHIND'],
};

function problems(statuses: readonly number[]): Responses {
  return Object.fromEntries(
    statuses.map((status) => {
      const [description, code] = PROBLEMS[status] ?? ['', ''];
      const example = {
        type: `urn:concord:problem:${code}`,
        title: description.replace('.', ''),
        status,
        detail: description,
        code,
        correlationId: 'nightly-sync-17',
      };
      return [
        status,
        {
          description,
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example } },
        },
      ];
    }),
  );
}
