import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { Code, OccurredAt, OptionalFlag, Text, toInstant } from '#platform/http/request-values.js';
import type { DefineCodeList } from './define-code-list.js';

export class ListedCodeRequest {
  @Code({ example: 'no-budget' })
  code!: string;

  @Text(200, { example: 'No budget this year', description: 'What people read.' })
  text!: string;

  @OptionalFlag({ description: 'Stays readable, is not given any more. Default false.' })
  retired?: boolean | null;
}

export class DefineCodeListRequest {
  @ApiProperty({ type: [ListedCodeRequest], minItems: 1, maxItems: 200, description: 'The whole list, in its order.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => ListedCodeRequest)
  codes!: ListedCodeRequest[];

  @OccurredAt()
  occurredAt?: string | null;
}

export const defineCodeListInputOf = (request: DefineCodeListRequest): DefineCodeList => ({
  codes: request.codes.map(({ code, text, retired }) => ({ code, text, retired: retired ?? false })),
  occurredAt: toInstant(request.occurredAt),
});
