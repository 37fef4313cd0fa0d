import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { OptionalDay, OptionalUuid } from '#platform/http/request-values.js';
import { malformed } from '#kernel/errors.js';
import { parseDay, type DayNumber } from '#kernel/time.js';
import { PlanTermsRequest, termsOf } from '../write/plan-terms.request.js';
import type { AskedSimulation } from './answer-simulation.js';

export class SimulationRequest {
  @ApiProperty({ description: 'The terms of a plan that might be, as POST /bonuses/plans takes them' })
  @ValidateNested()
  @Type(() => PlanTermsRequest)
  terms!: PlanTermsRequest;

  @OptionalUuid({ nullable: true, description: 'A plan to compare with, by its id' })
  plan?: string | null;

  @OptionalDay({ example: '2026-01-01', description: 'First day; default: a year before `to`' })
  from?: string | null;

  @OptionalDay({ example: '2026-12-31', description: 'Last day; default: today' })
  to?: string | null;
}

/** `today`: the organisation's day. Throws `REQUEST.INVALID` for days that are none or the wrong way round, `MONEY.*`. */
export function askedSimulation(request: SimulationRequest, today: DayNumber): AskedSimulation {
  const to = dayOf('/to', request.to) ?? today;
  const from = dayOf('/from', request.from) ?? to - 364;
  if (from > to) throw invalid('/from', 'from lies behind to');
  return { terms: termsOf(request.terms), planId: request.plan?.toLowerCase() ?? null, from, to };
}

function dayOf(pointer: string, text: string | null | undefined): DayNumber | null {
  if (text == null) return null;
  const day = parseDay(text);
  if (day === null) throw invalid(pointer, `"${text}" is no day such as 2026-03-01`);
  return day;
}

const invalid = (pointer: string, detail: string) =>
  malformed('REQUEST.INVALID', detail, [{ pointer, code: 'DAY', detail }]);
