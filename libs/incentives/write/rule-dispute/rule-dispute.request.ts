import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, ValidateNested } from 'class-validator';
import { AmountField } from '#platform/http/money-fields.js';
import { OccurredAt, Text, toInstant, toMoney, type MoneyRequest } from '#platform/http/request-values.js';
import type { RuleDispute } from './rule-dispute.js';

export class RuledAmountRequest {
  @Text(200, { example: 'mia', description: 'Handle or alias.' })
  member!: string;

  @AmountField({ description: "In the organisation's currency; negative: they give it back." })
  amount!: MoneyRequest;
}

export class RuleDisputeRequest {
  @ApiProperty({ example: true })
  @IsBoolean()
  upheld!: boolean;

  @Text(4000, { example: 'The recording shows it.', description: 'Stored encrypted.' })
  reason!: string;

  @ApiPropertyOptional({ type: [RuledAmountRequest], description: 'Everyone concerned, each once.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => RuledAmountRequest)
  amounts?: RuledAmountRequest[] | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const ruleDisputeInputOf = (
  disputeId: string,
  { upheld, reason, amounts, occurredAt }: RuleDisputeRequest,
): RuleDispute => ({
  disputeId: disputeId.toLowerCase(),
  upheld,
  reason,
  amounts: (amounts ?? []).map(({ member, amount }) => ({ member, amount: toMoney(amount) })),
  occurredAt: toInstant(occurredAt),
});
