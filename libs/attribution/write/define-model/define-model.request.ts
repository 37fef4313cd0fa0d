import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { TEAMS, type Team } from '#kernel/envelope.js';
import { malformed } from '#kernel/errors.js';
import { OccurredAt, OptionalText, Text, toInstant } from '#platform/http/request-values.js';
import { USUAL_OPTIONS, type Weighing } from '../../credit/model-version.js';
import type { DefineModel } from './define-model.js';

export class ModelOptionsRequest {
  @ApiPropertyOptional({
    type: Number,
    example: 30,
    description: 'Look-back in whole calendar days, both bounds included; default none.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(3_660)
  windowDays?: number | null;

  @ApiPropertyOptional({
    type: Boolean,
    description: 'Of consecutive touches of one channel only the first counts; default false.',
  })
  @IsOptional()
  @IsBoolean()
  collapse?: boolean | null;

  @ApiPropertyOptional({
    type: Boolean,
    description: 'Whether leads that did not convert count (Markov); default true.',
  })
  @IsOptional()
  @IsBoolean()
  nulls?: boolean | null;

  @ApiPropertyOptional({
    type: [String],
    example: ['direct'],
    description: 'Channels whose touches earn nothing; default none.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  excluded?: string[] | null;

  @ApiPropertyOptional({
    type: [String],
    enum: TEAMS,
    isArray: true,
    description: 'Teams whose touches earn; touches of no team always do. Default marketing, system.',
  })
  @IsOptional()
  @IsArray()
  @IsIn(TEAMS, { each: true })
  teams?: Team[] | null;
}

export class MilestonesRequest {
  @Weight('first touch')
  ft?: number;

  @Weight('lead creation')
  lc?: number;

  @Weight('opportunity creation')
  oc?: number;

  @Weight('closed won')
  cw?: number;

  @Weight('all other touches together')
  rest?: number;
}

function Weight(of: string): PropertyDecorator {
  return (target, name) => {
    ApiPropertyOptional({ type: Number, minimum: 0, description: `Weight of the ${of}.` })(target, name);
    IsOptional()(target, name);
    IsNumber()(target, name);
    Min(0)(target, name);
  };
}

/** Exactly one of `model`, `milestones` and `kinds`. */
export class DefineModelRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @Text(64, { example: 'demo-first', description: 'Its id: lower case letters, digits, hyphens and full stops.' })
  @Matches(/^[a-z0-9][a-z0-9.-]*$/, { message: 'id holds lower case letters, digits, hyphens and full stops' })
  id!: string;

  @OptionalText(200, { example: 'Demos first', description: 'For people.' })
  name?: string | null;

  @OptionalText(64, { example: 'linear', description: 'A model that everybody has, under options of your own.' })
  model?: string | null;

  @ApiPropertyOptional({ type: MilestonesRequest, description: 'Weights by milestone.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => MilestonesRequest)
  milestones?: MilestonesRequest | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { demo: 5, webinar: 2 },
    description: 'Weights by kind of touch.',
  })
  @IsOptional()
  @IsObject()
  kinds?: Record<string, number> | null;

  @ApiPropertyOptional({ type: Number, example: 1, description: 'Weight of kinds that are not named; default 0.' })
  @IsOptional()
  @IsNumber()
  @Min(0)
  other?: number | null;

  @ApiPropertyOptional({ type: ModelOptionsRequest })
  @IsOptional()
  @ValidateNested()
  @Type(() => ModelOptionsRequest)
  options?: ModelOptionsRequest | null;
}

/** Throws `REQUEST.INVALID` unless exactly one way of weighing is named. */
export function toDefineModel(request: DefineModelRequest): DefineModel {
  const { options } = request;
  return {
    occurredAt: toInstant(request.occurredAt),
    model: request.id,
    name: request.name == null || request.name.trim() === '' ? null : request.name,
    weighing: weighingOf(request),
    options: {
      windowDays: options?.windowDays ?? null,
      collapse: options?.collapse ?? USUAL_OPTIONS.collapse,
      nulls: options?.nulls ?? USUAL_OPTIONS.nulls,
      excluded: options?.excluded ?? USUAL_OPTIONS.excluded,
      teams: options?.teams ?? USUAL_OPTIONS.teams,
    },
  };
}

function weighingOf({ model, milestones, kinds, other }: DefineModelRequest): Weighing {
  const named: Weighing[] = [];
  if (model != null && model !== '') named.push({ model });
  if (milestones != null) named.push({ milestones: weightsOf(milestones) });
  if (kinds != null) {
    const wrong = Object.entries(kinds).find(([, weight]) => typeof weight !== 'number');
    if (wrong !== undefined) throw invalid(`/kinds/${wrong[0]}`, 'NUMBER', `the weight of "${wrong[0]}" is a number`);
    named.push({ kinds: { ...kinds }, other: other ?? 0 });
  }
  const [weighing] = named;
  if (weighing !== undefined && named.length === 1) return weighing;
  throw invalid('/model', 'ONE_OF', 'a model is defined by exactly one of model, milestones and kinds');
}

/** A plain object of those that are given. */
const weightsOf = ({ ft, lc, oc, cw, rest }: MilestonesRequest) =>
  Object.fromEntries(
    Object.entries({ ft, lc, oc, cw, rest }).filter((entry): entry is [string, number] => entry[1] != null),
  );

const invalid = (pointer: string, code: string, detail: string) =>
  malformed('REQUEST.INVALID', detail, [{ pointer, code, detail }]);
