import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { malformed } from '#kernel/errors.js';
import { parseDay, parseInstant } from '#kernel/time.js';
import { OptionalAmount } from '#platform/http/money-fields.js';
import {
  Choice,
  IsInstant,
  OptionalDay,
  OptionalText,
  OptionalUuid,
  Text,
  toMoney,
  type MoneyRequest,
} from '#platform/http/request-values.js';
import type { Split } from '../plan/terms.js';
import type { AskedCounterfactual } from './answer-counterfactual.js';
import type { AddedCost, AddedOwners, AddedTouch } from './changes.js';

const KINDS = ['touch', 'owner', 'cost'] as const;

export class AddedRequest {
  @Choice(KINDS, {
    example: 'touch',
    description: 'touch: lead, at; owner: campaign, owners, from; cost: payment, cost.',
  })
  kind!: (typeof KINDS)[number];

  @OptionalUuid({ description: 'touch: of which lead.' })
  lead?: string | null;

  @ApiPropertyOptional({ example: '2026-02-03T10:00:00Z', description: 'touch: when.' })
  @IsOptional()
  @IsInstant()
  at?: string | null;

  @OptionalText(64, { example: 'webinar', description: 'touch: what it was; default `other`.' })
  touchKind?: string | null;

  @OptionalText(200, { example: 'webinar' })
  channel?: string | null;

  @OptionalText(200, { example: 'spring-webinar', description: 'touch, owner: the name as touches carry it.' })
  campaign?: string | null;

  @OptionalText(200, { example: 'mia', description: 'touch: handle or alias of who touched.' })
  member?: string | null;

  @ApiPropertyOptional({ type: [String], example: ['mia'], description: 'owner: handles or aliases.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  owners?: string[] | null;

  @OptionalDay({ example: '2026-02-01', description: 'owner: from this day on.' })
  from?: string | null;

  @OptionalUuid({ description: 'cost: of which payment.' })
  payment?: string | null;

  @OptionalAmount({ description: "cost: in the payment's currency or the organisation's." })
  cost?: MoneyRequest | null;
}

export class SplitShareRequest {
  @Text(200, { example: 'mia' })
  member!: string;

  @ApiProperty({ example: 1 })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  weight!: number;
}

export class SplitRequest {
  @Choice(['attribution', 'fixed'], { example: 'fixed' })
  kind!: 'attribution' | 'fixed';

  @OptionalText(200, { example: 'linear@1', description: 'With attribution.' })
  model?: string | null;

  @ApiPropertyOptional({ type: [SplitShareRequest], description: 'With fixed.' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => SplitShareRequest)
  shares?: SplitShareRequest[] | null;
}

export class CounterfactualRequest {
  @OptionalUuid({ description: 'A dispute: it names the plan and period where these are left out.' })
  dispute?: string | null;

  @OptionalUuid({ description: 'The plan.' })
  plan?: string | null;

  @ApiPropertyOptional({ example: '2026-03' })
  @IsOptional()
  @Matches(/^\d{4}-(Q[1-4]|0[1-9]|1[0-2])$/)
  period?: string | null;

  @ApiPropertyOptional({ type: [String], description: 'Leads to judge again; default all with a line in the period.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsUUID(undefined, { each: true })
  leads?: string[] | null;

  @ApiPropertyOptional({ type: [String], description: 'Ids of events that never were: touches, payments, refunds.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsUUID(undefined, { each: true })
  remove?: string[] | null;

  @ApiPropertyOptional({ type: [AddedRequest], description: 'What should have been.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => AddedRequest)
  add?: AddedRequest[] | null;

  @ApiPropertyOptional({ type: SplitRequest, description: "Instead of the plan's." })
  @IsOptional()
  @ValidateNested()
  @Type(() => SplitRequest)
  split?: SplitRequest | null;
}

/** Names of members as they were given. Throws `REQUEST.INVALID` where a change lacks what its kind needs. */
export function counterfactualOf(request: CounterfactualRequest): AskedCounterfactual {
  const added = (request.add ?? []).map((one, index) => ({ one, index }));
  const of = <Change>(kind: AddedRequest['kind'], read: (one: AddedRequest) => Change | null): Change[] =>
    added
      .filter(({ one }) => one.kind === kind)
      .map(({ one, index }) => read(one) ?? lacks(`/add/${index}`, NEEDS[kind]));
  return {
    dispute: request.dispute?.toLowerCase() ?? null,
    planId: request.plan?.toLowerCase() ?? null,
    period: request.period ?? null,
    leads: request.leads?.map((lead) => lead.toLowerCase()) ?? null,
    changes: {
      remove: new Set((request.remove ?? []).map((id) => id.toLowerCase())),
      touches: of('touch', touchOf),
      owners: of('owner', ownersOf),
      costs: of('cost', costOf),
      split: request.split === null || request.split === undefined ? null : splitOf(request.split),
    },
  };
}

const NEEDS = {
  touch: 'an added touch takes lead and at',
  owner: 'an added owner takes campaign, owners and from',
  cost: 'an added cost takes payment and cost',
} as const;

function touchOf({ lead, at, touchKind, channel, campaign, member }: AddedRequest): AddedTouch | null {
  const moment = at == null ? null : parseInstant(at);
  if (lead == null || moment === null) return null;
  return {
    lead: lead.toLowerCase(),
    at: moment,
    kind: touchKind ?? 'other',
    channel: channel ?? null,
    campaign: campaign ?? null,
    member: member ?? null,
  };
}

function ownersOf({ campaign, owners, from }: AddedRequest): AddedOwners | null {
  const day = from == null ? null : parseDay(from);
  return campaign == null || owners == null || owners.length === 0 || day === null
    ? null
    : { campaign, owners, from: day };
}

const costOf = ({ payment, cost }: AddedRequest): AddedCost | null =>
  payment == null || cost == null ? null : { paymentId: payment.toLowerCase(), cost: toMoney(cost) };

function splitOf({ kind, model, shares }: SplitRequest): Split {
  if (kind === 'attribution' && model != null && shares == null) return { kind, model };
  if (kind === 'fixed' && shares != null && model == null)
    return { kind, shares: shares.map(({ member, weight }) => ({ member, weight })) };
  return lacks('/split', 'split takes kind attribution with a model, or kind fixed with shares');
}

function lacks(pointer: string, detail: string): never {
  throw malformed('REQUEST.INVALID', detail, [{ pointer, code: 'CHANGE', detail }]);
}
