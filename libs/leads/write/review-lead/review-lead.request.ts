import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { Choice, OccurredAt, OptionalNote, toInstant } from '#platform/http/request-values.js';
import { valueOf } from '../../request-values.js';
import type { ReviewLeadInput } from './review-lead.js';

export class ReviewLeadRequest {
  @Choice(['intake', 'outcome'], { example: 'intake' })
  phase!: 'intake' | 'outcome';

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 5, nullable: true, example: 4 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(5)
  quality?: number | null;

  @ApiPropertyOptional({
    type: Number,
    minimum: 1,
    nullable: true,
    example: 1,
    description: 'The pass that is judged; default the present one.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  pass?: number | null;

  @Codes({ example: ['reporting'] })
  needs?: string[] | null;

  @Codes({ example: ['no-time'] })
  challenges?: string[] | null;

  @Codes({ example: ['case-study'] })
  helped?: string[] | null;

  @Codes({ example: ['slow-first-call'] })
  wentWrong?: string[] | null;

  @OptionalNote()
  note?: string | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const reviewLeadInputOf = (request: Pick<ReviewLeadRequest, keyof ReviewLeadRequest>): ReviewLeadInput => ({
  phase: request.phase,
  quality: request.quality ?? null,
  needs: request.needs ?? [],
  challenges: request.challenges ?? [],
  helped: request.helped ?? [],
  wentWrong: request.wentWrong ?? [],
  note: valueOf(request.note),
  ofPass: request.pass ?? undefined,
  occurredAt: toInstant(request.occurredAt),
});

/** Codes and no free text: these fields are counted, and stored in clear. */
function Codes(about: { readonly example: string[] }): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: [String], maxItems: 50, description: 'Codes a-z, 0-9 and -.', ...about }),
    IsOptional(),
    IsArray(),
    ArrayMaxSize(50),
    Matches(/^[a-z0-9-]{1,64}$/, {
      each: true,
      message: '$property must be a list of codes of 1 to 64 characters a-z, 0-9 and -',
    }),
  );
}
