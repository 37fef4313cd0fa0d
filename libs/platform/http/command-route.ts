import { applyDecorators, HttpCode, Post, type Type } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse } from '@nestjs/swagger';

export interface CommandRouteOptions {
  readonly summary: string;
  readonly description?: string;
  readonly body: Type;
  /** True where the body is a list of `body`. */
  readonly bodyIsList?: boolean;
  /** A body that this route takes as it stands. */
  readonly example: Readonly<Record<string, unknown>> | readonly unknown[];
  /** The type of the event that the example leads to. */
  readonly event: string;
  /** True where the answer is 201 with a Location. */
  readonly creates?: boolean;
  /** The codes of its refusals (409), for people. */
  readonly refusals?: readonly string[];
}

/** `@Post(path)` with what OpenAPI shows of this route alone: an example body, an example answer, its refusals. */
export function CommandRoute(path: string, options: CommandRouteOptions): MethodDecorator {
  const answer = {
    description: 'What was recorded; the same when the command is repeated.',
    content: { 'application/json': { schema: { type: 'object' }, example: answerTo(options.event) } },
  };
  const refusals = options.refusals?.map((code) => `\`${code}\``).join(', ');
  return applyDecorators(
    Post(path),
    HttpCode(200),
    ApiOperation({
      summary: options.summary,
      description: [options.description, refusals === undefined ? undefined : `Refused (409) with ${refusals}.`]
        .filter((text) => text !== undefined)
        .join('\n\n'),
    }),
    ApiBody({
      type: options.body,
      isArray: options.bodyIsList === true,
      examples: { example: { value: options.example } },
    }),
    ...(options.creates === true ? [ApiResponse({ status: 201, ...answer })] : []),
    ApiResponse({ status: 200, ...answer }),
  );
}

const answerTo = (type: string): Readonly<Record<string, unknown>> => ({
  id: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11',
  revision: 1,
  position: '1042',
  repeated: false,
  events: [{ id: '0b8d8a5e-3c55-5b0e-8a61-6f9f0c7b1c22', type, revision: 1 }],
});
