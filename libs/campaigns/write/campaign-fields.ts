import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsCleanText, IsDay } from '#platform/http/request-values.js';
import { IsString, Length } from 'class-validator';

/** Handles of those who own a campaign. */
export const Owners = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: [String], maxItems: 50, example: ['ida.moser'], description: 'Staff handles.' }),
    IsOptional(),
    IsArray(),
    ArrayMaxSize(50),
    IsString({ each: true }),
    Length(1, 255, { each: true }),
  );

export const Day = (about: { readonly description: string; readonly example?: string }): PropertyDecorator =>
  applyDecorators(ApiProperty({ format: 'date', example: '2026-03-01', ...about }), IsDay(), IsCleanText());

/** A whole number of 0 or more that may not be known. */
export const OptionalCount = (example: number): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: Number, nullable: true, example }),
    IsOptional(),
    IsInt(),
    Min(0),
    Max(Number.MAX_SAFE_INTEGER),
  );
