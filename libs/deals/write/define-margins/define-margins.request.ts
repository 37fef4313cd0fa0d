import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, ValidateNested } from 'class-validator';
import { malformed } from '#kernel/errors.js';
import { Day, OccurredAt, OptionalText, Text, toInstant } from '#platform/http/request-values.js';
import { percentSteps } from '#kernel/percent.js';
import { restOf } from '../../margins.js';
import type { DefineMargins } from './define-margins.js';

const Percent = (example: string, description: string): PropertyDecorator =>
  applyDecorators(OptionalText(8, { example, description: `${description} Decimal text in percent.` }));

export class ProductMarginRequest {
  @Text(200, { example: 'Concord Cloud', description: 'As deals carry it.' })
  product!: string;

  @Percent('40', 'What of its revenue is margin.')
  margin?: string | null;

  @Percent('60', 'Instead of it: what of its revenue is cost of sale.')
  costShare?: string | null;
}

export class DefineMarginsRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @Day({ example: '2026-01-01', description: 'First day of payments that take their cost from it.' })
  effectiveFrom!: string;

  @ApiPropertyOptional({ type: [ProductMarginRequest], maxItems: 5000 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(5000)
  @ValidateNested({ each: true })
  @Type(() => ProductMarginRequest)
  margins?: ProductMarginRequest[] | null;

  @Percent('30', 'Margin of products that are not listed and of deals without one; default: their cost stays unknown.')
  otherwise?: string | null;
}

export const toDefineMargins = (request: DefineMarginsRequest): DefineMargins => ({
  occurredAt: toInstant(request.occurredAt),
  effectiveFrom: request.effectiveFrom,
  margins: (request.margins ?? []).map((one, index) => ({ product: one.product, margin: marginOf(one, index) })),
  otherwise: request.otherwise == null || request.otherwise === '' ? null : request.otherwise,
});

/** Throws `REQUEST.INVALID` unless exactly one of the two is there. */
function marginOf({ margin, costShare }: ProductMarginRequest, index: number): string {
  if (margin != null && costShare == null) return margin;
  // What is no percentage is named by the decision, with every other fault.
  if (costShare != null && margin == null) return percentSteps(costShare) === null ? costShare : restOf(costShare);
  const detail = 'a product has a margin or a costShare';
  throw malformed('REQUEST.INVALID', detail, [{ pointer: `/margins/${index}`, code: 'ONE_OF', detail }]);
}
