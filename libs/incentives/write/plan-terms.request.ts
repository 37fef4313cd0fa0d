import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  ValidateNested,
} from 'class-validator';
import { DEAL_KINDS, type DealKind } from '#deals/events/deal-events.js';
import { malformed } from '#kernel/errors.js';
import {
  Choice,
  Code,
  Day,
  MoneyRequest,
  OptionalChoice,
  OptionalDay,
  OptionalFlag,
  OptionalText,
  Text,
  toMoney,
} from '#platform/http/request-values.js';
import { BASES, type Basis, type PlanTerms, type Reward, type Split } from '../plan/terms.js';

const Nested = (type: () => new () => object, description?: string): PropertyDecorator => {
  const decorators = [ApiProperty({ type, description }), IsDefined(), ValidateNested(), Type(type)];
  return (target, name) => decorators.forEach((decorate) => decorate(target, name));
};
const OptionalNested = (type: () => new () => object, description?: string): PropertyDecorator => {
  const decorators = [
    ApiPropertyOptional({ type, nullable: true, description }),
    IsOptional(),
    ValidateNested(),
    Type(type),
  ];
  return (target, name) => decorators.forEach((decorate) => decorate(target, name));
};
const Handle = (description: string): PropertyDecorator => Text(200, { example: 'mia', description });
const OptionalWhole = (description: string): PropertyDecorator => {
  const decorators = [ApiPropertyOptional({ type: Number, nullable: true, description }), IsOptional(), IsInt()];
  return (target, name) => decorators.forEach((decorate) => decorate(target, name));
};

export class MemberShareRequest {
  @Handle('Handle or alias.')
  member!: string;

  @ApiProperty({ example: 2, description: 'A whole number above 0: parts of the sum of all weights.' })
  @IsInt()
  weight!: number;
}

const Shares = (description: string, least: 0 | 1): PropertyDecorator => {
  const about: { type: [typeof MemberShareRequest]; description: string } = { type: [MemberShareRequest], description };
  const decorators = [
    ...(least === 1 ? [ApiProperty(about)] : [ApiPropertyOptional(about), IsOptional()]),
    IsArray(),
    ArrayMinSize(least),
    ArrayMaxSize(200),
    ValidateNested({ each: true }),
    Type(() => MemberShareRequest),
  ];
  return (target, name) => decorators.forEach((decorate) => decorate(target, name));
};

const REWARDS = ['fixed', 'share', 'ongoing'] as const;

export class RewardRequest {
  @Choice(REWARDS, {
    example: 'fixed',
    description:
      'fixed: an amount, once. share: a percentage of all that the lead brought in at the crossing, once. ongoing: a percentage of what it brings in above the threshold.',
  })
  kind!: (typeof REWARDS)[number];

  @OptionalNested(() => MoneyRequest, 'With `kind: fixed`.')
  amount?: MoneyRequest | null;

  @OptionalText(8, { example: '2.5', description: 'With the other kinds: decimal text, in percent.' })
  percent?: string | null;
}

export class TierRequest {
  @Code({ example: 'first', description: 'The same tier has the same id in every version.' })
  id!: string;

  @Nested(() => MoneyRequest, 'Reached when the running basis is at or above it.')
  threshold!: MoneyRequest;

  @Nested(() => RewardRequest)
  reward!: RewardRequest;

  @OptionalFlag({ description: 'Only the difference to what lower tiers of the lead pay; default false.' })
  replace?: boolean | null;
}

export class SplitRequest {
  @Choice(['attribution', 'fixed'], { example: 'attribution' })
  kind!: Split['kind'];

  @OptionalText(80, { example: 'linear@1', description: 'With `kind: attribution`: a version of a rule model.' })
  model?: string | null;

  @Shares('With `kind: fixed`: the same for every lead that marketing touched.', 0)
  shares?: MemberShareRequest[] | null;
}

export class CapsRequest {
  @OptionalNested(() => MoneyRequest, 'Most that one person gets in a period.')
  perPersonAndPeriod?: MoneyRequest | null;

  @OptionalNested(() => MoneyRequest, 'Most that the plan pays in a period.')
  perPlanAndPeriod?: MoneyRequest | null;

  @OptionalFlag({
    description:
      'What lies above a cap is paid in later periods, as far as their caps allow; default false: it lapses.',
  })
  carryOver?: boolean | null;
}

export class EarnOnRequest {
  @Choice(['crossing', 'payday'], {
    example: 'crossing',
    description: 'Who is paid: whoever was a member at the crossing, or who still is on payday.',
  })
  moment!: PlanTerms['earnOn']['moment'];

  @OptionalWhole('With `payday`: so many days after the last of the period.')
  daysAfterPeriod?: number | null;
}

export class PayeesRequest {
  @OptionalChoice(['marketing'], { description: 'Everybody who is in marketing when it is earned (the default).' })
  team?: 'marketing' | null;

  @ApiPropertyOptional({ type: [String], example: ['mia', 'max'], description: 'Exactly these, instead of the team.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  members?: string[] | null;
}

export class TeamPoolRequest {
  @Text(80, { example: 'newPayingCustomers', description: 'A count, an amount of money or a ratio of the glossary.' })
  metric!: string;

  @Text(40, { example: '12', description: 'Decimal text in the unit of the metric; met at or above it.' })
  target!: string;

  @Nested(() => MoneyRequest, 'What is shared in every period in which the target is met.')
  amount!: MoneyRequest;

  @Shares('Members of both teams.', 1)
  shares!: MemberShareRequest[];
}

export class SignatoriesRequest {
  @Handle('Head of marketing.')
  marketing!: string;

  @Handle('Head of sales.')
  sales!: string;

  @Handle('Head of finance, or who signs for it.')
  finance!: string;
}

/** The terms of a version as they stand on the wire; what is left out has its default. */
export class PlanTermsRequest {
  @Text(200, { example: 'Marketing 2026' })
  name!: string;

  @Day({ example: '2026-01-01', description: 'First day; in no closed period.' })
  effectiveFrom!: string;

  @OptionalDay({ example: '2026-12-31', description: 'Last day; default: until the plan ends.' })
  effectiveTo?: string | null;

  @OptionalChoice(['month', 'quarter'], { description: 'Of its periods; default month. A plan keeps it.' })
  grain?: PlanTerms['grain'] | null;

  @Choice(BASES, { example: 'profit' })
  basis!: Basis;

  @ApiProperty({ type: [TierRequest], description: 'In ascending order of their thresholds.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => TierRequest)
  tiers!: TierRequest[];

  @ApiPropertyOptional({ enum: DEAL_KINDS, isArray: true, description: 'Which deals count; default new.' })
  @IsOptional()
  @IsArray()
  @IsIn(DEAL_KINDS, { each: true })
  dealKinds?: DealKind[] | null;

  @OptionalChoice(['firstPayment', 'effectiveDate'], {
    description: 'effectiveDate: payments before the first day of the plan do not count; default firstPayment.',
  })
  countsFrom?: PlanTerms['countsFrom'] | null;

  @OptionalWhole('A crossing later than so many months after the first payment earns nothing; default: no limit.')
  withinMonths?: number | null;

  @Nested(() => SplitRequest)
  split!: SplitRequest;

  @Shares('Who shares what touches without an owner or actor earned; default: it lapses.', 0)
  pool?: MemberShareRequest[] | null;

  @OptionalNested(() => CapsRequest)
  caps?: CapsRequest | null;

  @OptionalWhole('Refunds up to so many months after the crossing take back; default 12.')
  clawbackMonths?: number | null;

  @OptionalNested(() => EarnOnRequest)
  earnOn?: EarnOnRequest | null;

  @OptionalNested(() => PayeesRequest)
  payees?: PayeesRequest | null;

  @OptionalNested(() => TeamPoolRequest, 'An amount for both teams in every period in which a figure meets its target.')
  teamPool?: TeamPoolRequest | null;

  @Nested(() => SignatoriesRequest, 'Whose signatures make the version active.')
  signatories!: SignatoriesRequest;

  @OptionalText(4000, { description: 'What the heads agreed on besides; part of what is signed, and not encrypted.' })
  note?: string | null;
}

/** A body that these terms read; for examples. */
export const TERMS_EXAMPLE = {
  name: 'Marketing 2026',
  effectiveFrom: '2026-01-01',
  basis: 'profit',
  tiers: [
    {
      id: 'first',
      threshold: { amount: '5000.00', currency: 'EUR' },
      reward: { kind: 'fixed', amount: { amount: '500.00', currency: 'EUR' } },
    },
  ],
  split: { kind: 'attribution', model: 'linear@1' },
  clawbackMonths: 12,
  signatories: { marketing: 'hanna', sales: 'henry', finance: 'fiona' },
};

/** Plain terms, with every default written out: they are signed as they stand. Throws `REQUEST.INVALID` where two members of the body contradict each other, `MONEY.*`. */
export function termsOf(request: PlanTermsRequest): PlanTerms {
  const { caps, payees, teamPool, earnOn, signatories } = request;
  return {
    name: request.name,
    effectiveFrom: request.effectiveFrom,
    effectiveTo: request.effectiveTo ?? null,
    grain: request.grain ?? 'month',
    basis: request.basis,
    tiers: request.tiers.map(({ id, threshold, reward, replace }, index) => ({
      id,
      threshold: toMoney(threshold),
      reward: rewardOf(reward, index),
      replace: replace ?? false,
    })),
    dealKinds: request.dealKinds ?? ['new'],
    countsFrom: request.countsFrom ?? 'firstPayment',
    withinMonths: request.withinMonths ?? null,
    split: splitOf(request.split),
    pool: sharesOf(request.pool),
    caps: {
      perPersonAndPeriod: caps?.perPersonAndPeriod == null ? null : toMoney(caps.perPersonAndPeriod),
      perPlanAndPeriod: caps?.perPlanAndPeriod == null ? null : toMoney(caps.perPlanAndPeriod),
      carryOver: caps?.carryOver ?? false,
    },
    clawbackMonths: request.clawbackMonths ?? 12,
    earnOn:
      earnOn?.moment === 'payday'
        ? { moment: 'payday', daysAfterPeriod: earnOn.daysAfterPeriod ?? 0 }
        : { moment: 'crossing' },
    payees: payees?.members == null ? { team: 'marketing' } : { members: [...payees.members] },
    teamPool:
      teamPool == null
        ? null
        : {
            metric: teamPool.metric,
            target: teamPool.target,
            amount: toMoney(teamPool.amount),
            shares: sharesOf(teamPool.shares),
          },
    signatories: { marketing: signatories.marketing, sales: signatories.sales, finance: signatories.finance },
    note: request.note == null || request.note === '' ? null : request.note,
  };
}

function rewardOf({ kind, amount, percent }: RewardRequest, index: number): Reward {
  if (kind === 'fixed' && amount != null && percent == null) return { kind, amount: toMoney(amount) };
  if (kind !== 'fixed' && percent != null && amount == null) return { kind, percent };
  throw invalid(`/tiers/${index}/reward`, 'REWARD', 'a fixed reward takes an amount, the others a percent');
}

function splitOf({ kind, model, shares }: SplitRequest): Split {
  if (kind === 'attribution' && model != null && shares == null) return { kind, model };
  if (kind === 'fixed' && shares != null && model == null) return { kind, shares: sharesOf(shares) };
  throw invalid('/split', 'SPLIT', 'a split by attribution takes a model, a fixed one takes shares');
}

const sharesOf = (shares: readonly MemberShareRequest[] | null | undefined) =>
  (shares ?? []).map(({ member, weight }) => ({ member, weight }));

const invalid = (pointer: string, code: string, detail: string) =>
  malformed('REQUEST.INVALID', detail, [{ pointer, code, detail }]);
