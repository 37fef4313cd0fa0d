import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';

/** Documents the parameters of reports on credit. */
export const DescribeCredit = (): MethodDecorator =>
  applyDecorators(
    ApiQuery({
      name: 'models',
      required: false,
      example: 'first-touch,linear,markov-1',
      description:
        'Side by side, in order; `own@2` is version 2 of a model of your own. GET /attribution/models lists them.',
    }),
    ApiQuery({
      name: 'on',
      required: false,
      enum: ['conversion', 'touch'],
      description: 'Whose day counts: that of the conversion or payment (default), or of the touch that earns.',
    }),
  );
