import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length, Matches, MaxLength, ValidateBy } from 'class-validator';
import type { Rate } from '#kernel/money.js';
import { currencyDigits, parseMoney, type Money } from '#kernel/money.js';
import { parseDay, parseInstant, type Instant } from '#kernel/time.js';

/** `occurredAt` as every command takes it: ISO 8601 with an offset; left out means now. */
export const OccurredAt = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      example: '2026-03-01T09:30:00Z',
      format: 'date-time',
      description: 'When it happened (default now); may lie in the past.',
    }),
    IsOptional(),
    IsInstant(),
  );

/** Text that UTF-8 can carry and a person could have typed: 1 to `max` characters, no NUL, no broken surrogates. */
export const Text = (max: number, about: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(ApiProperty({ maxLength: max, ...about }), IsString(), IsCleanText(), Length(1, max));

/** Like `Text`; null and absent are the same. */
export const OptionalText = (max: number, about: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ maxLength: max, nullable: true, type: String, ...about }),
    IsOptional(),
    IsString(),
    IsCleanText(),
    MaxLength(max),
  );

/** Free text about a person, encrypted before it is stored. */
export const OptionalNote = (about: ApiPropertyOptions = {}): PropertyDecorator =>
  OptionalText(4000, {
    example: 'Spoke with her on the phone.',
    description: 'Free text; stored encrypted.',
    ...about,
  });

/** A code `[a-z0-9-]{1,64}`. */
export const Code = (about: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(ApiProperty({ pattern: CODE.source, ...about }), IsCode());

export const OptionalChoice = (values: readonly string[], about: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ enum: [...values], ...about }), IsOptional(), IsIn([...values]));

export const Choice = (values: readonly string[], about: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(ApiProperty({ enum: [...values], ...about }), IsIn([...values]));

export const OptionalFlag = (about: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ type: Boolean, ...about }), IsOptional(), IsBoolean());

export const OptionalUuid = (about: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ format: 'uuid', ...about }), IsOptional(), IsUUID());

export const OptionalDay = (about: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ example: '2026-06-01', format: 'date', nullable: true, ...about }),
    IsOptional(),
    IsDay(),
  );

export const Day = (about: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(ApiProperty({ example: '2026-06-01', format: 'date', ...about }), IsDay());

/** `{ key: text }` with keys that may name a dimension; null as a value only where `removable` (it takes the key away). */
export const Dimensions = (options: { readonly removable?: boolean } = {}): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: 'object',
      additionalProperties: { type: 'string', maxLength: 200, nullable: options.removable === true },
      example: { office: 'Lisbon' },
      description: 'Further dimensions by name; staff and market facts, never personal ones.',
    }),
    IsOptional(),
    IsDimensions(options.removable === true),
  );

/** An amount on the wire. `toMoney` turns it into minor units. */
export class MoneyRequest {
  @ApiProperty({ example: '1250.00', description: "Decimal text with at most the currency's number of digits." })
  @IsString()
  @Matches(/^-?\d{1,13}(\.\d{1,4})?$/)
  amount!: string;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217' })
  @IsString()
  @IsCurrency()
  currency!: string;
}

/** The rate that was used: one unit of the amount's currency is worth `value` units of `to`. */
export class RateRequest {
  @ApiProperty({ example: 'EUR', description: 'ISO 4217' })
  @IsString()
  @IsCurrency()
  to!: string;

  @ApiProperty({ example: '0.9214', description: 'Decimal text above 0' })
  @IsString()
  @Matches(/^(?=.*[1-9])\d{1,9}(\.\d{1,12})?$/)
  value!: string;

  @OptionalText(200, { example: 'ECB' })
  source?: string | null;

  @OptionalDay({ example: '2026-03-01' })
  on?: string | null;
}

/** The instant of a validated text, undefined when it was left out. */
export function toInstant(text: string | null | undefined): Instant | undefined {
  return text === null || text === undefined ? undefined : (parseInstant(text) ?? undefined);
}

export const toMoney = (money: MoneyRequest): Money => parseMoney(money);

export const toRate = (rate: RateRequest): Rate => ({
  to: rate.to,
  value: rate.value,
  source: rate.source ?? null,
  on: rate.on ?? null,
});

export function IsInstant(): PropertyDecorator {
  return check('isInstant', 'must be an instant such as 2026-03-01T09:30:00Z', (value) => parseInstant(value) !== null);
}

export function IsDay(): PropertyDecorator {
  return check('isDay', 'must be a day such as 2026-03-01', (value) => parseDay(value) !== null);
}

export function IsCode(): PropertyDecorator {
  return check('isCode', 'must be a code of 1 to 64 characters a-z, 0-9 and -', (value) => CODE.test(value));
}

/** A lone surrogate would be stored as another character than the digest was made of, and NUL ends texts in some tools. */
export function IsCleanText(): PropertyDecorator {
  return check(
    'isCleanText',
    'must be well-formed text without NUL',
    (value) => value.isWellFormed() && !value.includes('\0'),
  );
}

export function IsCurrency(): PropertyDecorator {
  return check('isCurrency', 'must be an ISO 4217 currency', (value) => {
    try {
      return currencyDigits(value) >= 0;
    } catch {
      return false;
    }
  });
}

export function IsDimensions(removable: boolean): PropertyDecorator {
  return ValidateBy({
    name: 'isDimensions',
    validator: {
      validate: (value: unknown) => dimensionsFault(value, removable) === null,
      defaultMessage: (args) => `${args?.property ?? ''} ${dimensionsFault(args?.value, removable) ?? ''}`,
    },
  });
}

/** Why a name cannot be a dimension's, or null. Names of parameters and metrics would make a report's query ambiguous. */
export function dimensionNameFault(name: string): string | null {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(name))
    return `"${name.slice(0, 64)}" is not a name (a letter, then letters, digits and _)`;
  return RESERVED.has(name) ? `"${name}" is taken by a parameter, a metric or a built-in dimension` : null;
}

function dimensionsFault(value: unknown, removable: boolean): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object of texts';
  const entries = Object.entries(value);
  if (entries.length > 50) return 'must have at most 50 keys';
  for (const [name, text] of entries) {
    const fault = dimensionNameFault(name);
    if (fault !== null) return fault;
    if (text === null && removable) continue;
    if (typeof text !== 'string' || text.length > 200 || !text.isWellFormed() || text.includes('\0')) {
      return `"${name}" must be a text of at most 200 characters`;
    }
  }
  return null;
}

function check(name: string, message: string, holds: (value: string) => boolean): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && holds(value),
      defaultMessage: (args) => `${args?.property ?? ''} ${message}`,
    },
  });
}

const CODE = /^[a-z0-9-]{1,64}$/;

const RESERVED = new Set(
  [
    'period from to grain by format metrics metric knownAt knownFrom minPosition mode stages horizonDays limit sort q cursor',
    'leads mqls sals sqls opportunities won lost newCustomers newPayingCustomers revenue profit refunds firstMqls firstSals firstSqls',
    'newPayingCustomersReversed bookings netRevenue paymentsWithoutCost winRateOfClosed winRateOfOpened timeToCloseDays dealCycleDays',
    'timeToClose dealCycle spend cac roas romi timeInStage speedToLeadAttempt speedToLeadContact speedToLeadQualification',
    'channel campaign content source owner team segment country product stage dealKind sourcedBy spendKind exit need challenge helpedBy wentWrongBy reason outcome grade intakeReviews outcomeReviews outcomes exits closeReasons needs challenges helped wentWrong rejectedThenBought money received attemptsBeforeExit daysToExit rejectedWithoutAttempt impressions clicks constructor prototype',
  ].flatMap((line) => line.split(' ')),
);
