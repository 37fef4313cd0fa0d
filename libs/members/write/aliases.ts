import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsOptional, IsString, Length } from 'class-validator';

/** Other texts by which files and headers call the same member. */
export const Aliases = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: [String],
      example: ['D. Schlecht'],
      description: 'Other names of the same member; each leads to one member.',
    }),
    IsOptional(),
    IsArray(),
    ArrayMaxSize(50),
    IsString({ each: true }),
    Length(1, 200, { each: true }),
  );
