import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { GRAINS } from '#kernel/period.js';
import { DIMENSIONS } from '../history/dimensions.js';

const OWN = {
  grain: { enum: ['total', ...GRAINS], description: 'One row per stretch of time; default total.' },
  by: {
    example: 'channel',
    description: `Dimensions, in order: ${DIMENSIONS.join(', ')}, and any that an import mapped.`,
  },
  money: {
    enum: ['true', 'false'],
    description: 'true: revenue, profit, spend and ROMI in the same rows, of a report by channel or campaign.',
  },
} as const;

/** Documents the parameters that every report takes, and which of `grain` and `by` this one does. */
export const DescribeReport = (...own: (keyof typeof OWN)[]): MethodDecorator =>
  applyDecorators(
    ApiQuery({
      name: 'period',
      required: false,
      example: '2026-Q1',
      description: '2026, 2026-Q1, 2026-03, 2026-W10, 2026-03-01, FY2026, FY2026-Q1; without it all time.',
    }),
    ApiQuery({ name: 'from', required: false, example: '2026-01-01', description: 'First day, instead of a period.' }),
    ApiQuery({ name: 'to', required: false, example: '2026-03-31', description: 'Last day, instead of a period.' }),
    ApiQuery({
      name: 'channel',
      required: false,
      isArray: true,
      type: String,
      description: 'Only these, like every other dimension by its name; repeated for "or", empty for no value.',
    }),
    ApiQuery({ name: 'format', required: false, enum: ['json', 'csv'] }),
    ...own.map((name) => ApiQuery({ name, required: false, ...OWN[name] })),
  );
