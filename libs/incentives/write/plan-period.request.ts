import { ApiProperty } from '@nestjs/swagger';
import { IsUUID, Matches } from 'class-validator';
import type { CommandContext } from '#event-store/command-context.js';
import { listAnswer } from '#platform/http/command-list.js';
import type { MemberAnswer, PlanPeriod } from './run-each-of-period.js';

export class PlanPeriodRequest {
  @ApiProperty({ format: 'uuid', description: 'The plan.' })
  @IsUUID()
  plan!: string;

  @ApiProperty({ example: '2026-03', description: 'A month or, where the plan pays by quarters, a quarter: 2026-Q1.' })
  @Matches(/^\d{4}-(Q[1-4]|0[1-9]|1[0-2])$/)
  period!: string;
}

export const planPeriodOf = ({ plan, period }: PlanPeriodRequest): PlanPeriod => ({
  planId: plan.toLowerCase(),
  period,
});

/** The wire shape: each member's answer or problem. */
export function memberAnswers(
  answers: readonly MemberAnswer[],
  context: Pick<CommandContext, 'correlationId'>,
): { readonly items: readonly object[] } {
  const { items } = listAnswer(
    answers.map(({ answer }) => answer),
    context,
  );
  return { items: items.map((item, index) => ({ member: answers[index]?.member, ...item })) };
}
