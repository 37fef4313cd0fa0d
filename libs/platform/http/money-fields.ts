import 'reflect-metadata';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsOptional, ValidateNested } from 'class-validator';
import type { Money, Rate } from '#kernel/money.js';
import { IsCode, MoneyRequest, RateRequest, toMoney, toRate } from './request-values.js';

/** What OpenAPI says about a field beside its shape. */
export interface FieldAbout {
  readonly description?: string;
  readonly example?: unknown;
}

/** An amount that must be given. */
export const AmountField = (about: FieldAbout = {}): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: MoneyRequest, ...about }), IsDefined(), Nested(MoneyRequest));

/** An amount that may be left out; null is the same, except where the route says otherwise. */
export const OptionalAmount = (about: FieldAbout = {}): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: MoneyRequest, nullable: true, ...about }),
    IsOptional(),
    Nested(MoneyRequest),
  );

export const OptionalRate = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: RateRequest,
      nullable: true,
      description: "Needed when the amount is not in the organisation's currency.",
    }),
    IsOptional(),
    Nested(RateRequest),
  );

/** Keeps undefined (left out) and null apart. */
export const optionalMoney = (money: MoneyRequest | null | undefined): Money | null | undefined =>
  money == null ? money : toMoney(money);

export const optionalRate = (rate: RateRequest | null | undefined): Rate | null | undefined =>
  rate == null ? rate : toRate(rate);

/** A code `[a-z0-9-]{1,64}` that may be left out. */
export const OptionalCode = (about: FieldAbout = {}): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: String, pattern: '^[a-z0-9-]{1,64}$', nullable: true, ...about }),
    IsOptional(),
    IsCode(),
  );

/** One object of that class, not a list. The compilers disagree about what `T | null` is at run time, so it is said here. */
const Nested = (type: typeof MoneyRequest | typeof RateRequest): PropertyDecorator =>
  applyDecorators(
    (target: object, property?: string | symbol): void =>
      Reflect.defineMetadata('design:type', type, target, property ?? ''),
    ValidateNested(),
    Type(() => type),
  );
