import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery } from '@nestjs/swagger';
import { filtersOf, sortsOf, type ListView } from '../questions/list.js';

const PARAMETERS = {
  minPosition: {
    example: '1042',
    description:
      'Wait (up to 5 s, else 503) until the answer includes this position, as an answer to a command gave it.',
  },
  knownAt: { example: '2026-03-01T09:30:00Z', description: 'As the ledger knew it at this instant.' },
} as const;

/** Documents a question: what it asks, an example of its answer, and the parameters of every question. */
export const DescribeQuestion = (
  summary: string,
  example: unknown,
  ...parameters: (keyof typeof PARAMETERS)[]
): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary }),
    ApiOkResponse({
      description: 'The answer.',
      content: { 'application/json': { schema: { type: 'object' }, example } },
    }),
    ...parameters.map((name) => ApiQuery({ name, required: false, ...PARAMETERS[name] })),
  );

/** Documents a list: its filters, search, order and pages. */
export const DescribeList = (summary: string, view: ListView, item: unknown): MethodDecorator =>
  applyDecorators(
    DescribeQuestion(summary, { asOf: AS_OF_EXAMPLE, items: [item], next: null, warnings: [] }, 'minPosition'),
    ...filtersOf(view).map((name) =>
      ApiQuery({
        name,
        required: false,
        isArray: true,
        type: String,
        description: 'Only these; repeated for "or", empty for no value.',
      }),
    ),
    ...(view.attributes === undefined
      ? []
      : [
          ApiQuery({
            name: `${view.attributes.prefix}<name>`,
            required: false,
            type: String,
            description: 'Only these, by any attribute that documents have; repeated for "or", empty for no value.',
          }),
        ]),
    ApiQuery({ name: 'q', required: false, type: String, description: 'Contains this text, without regard to case.' }),
    ApiQuery({
      name: 'sort',
      required: false,
      type: String,
      example: view.usualSort,
      description: `One of ${sortsOf(view).join(', ')}; "-" before it for descending.`,
    }),
    ApiQuery({ name: 'limit', required: false, type: Number, example: 50, description: '1 to 500, usually 50.' }),
    ApiQuery({ name: 'cursor', required: false, type: String, description: 'The `next` of the page before.' }),
  );

export const AS_OF_EXAMPLE = { position: '20417', recordedAt: '2026-03-01T09:30:00Z', knownAt: null };
