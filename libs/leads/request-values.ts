import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { isUuid, type Uuid } from '#kernel/ids.js';
import { malformed } from '#kernel/errors.js';
import { OptionalText, Text } from '#platform/http/request-values.js';
import { REASONS, type ReasonList } from './reasons.js';

/** A person as the wire brings it; all of it is personal and stored encrypted. */
export class PersonRequest {
  @EmailAddress()
  email?: string | null;

  @OptionalText(200, { example: 'Ada' })
  firstName?: string | null;

  @OptionalText(200, { example: 'Lovelace' })
  lastName?: string | null;

  @OptionalText(64, { example: '+44 20 7946 0000' })
  phone?: string | null;
}

/** What another system calls the lead. */
export class ExternalIdRequest {
  @Text(100, { example: 'hubspot' })
  system!: string;

  @Text(200, { example: '4711' })
  id!: string;
}

export const REASON_TEXT = (list: ReasonList): string => `One of ${REASONS[list].join(', ')}; \`other\` needs a note.`;

/** An address that a mail could be sent to, as far as its form tells; spaces around it are forgiven. */
export function EmailAddress(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, example: 'ada@example.com', maxLength: 320, nullable: true }),
    IsOptional(),
    ValidateBy({
      name: 'isEmail',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && value.length <= 320 && EMAIL.test(value.trim()),
        defaultMessage: (args) => `${args?.property ?? ''} must be an e-mail address`,
      },
    }),
  );
}

const EMAIL = /^[^\s@<>(),;:"\\\p{Cc}\p{Cs}]+@[^\s@<>(),;:"\\\p{Cc}\p{Cs}]+$/u;

/** Empty, absent and null are all "no value". */
export const valueOf = <Value extends string>(text: Value | null | undefined): Value | null =>
  text === undefined || text === null || text.trim() === '' ? null : text;

/** The same where absent says "unchanged". */
export const changeOf = <Value extends string>(text: Value | null | undefined): Value | null | undefined =>
  text === undefined ? undefined : valueOf(text);

/** The path's id; the pipe has judged `id` already. Throws `REQUEST.BAD_ID`. */
export function uuidOf(text: string): Uuid {
  const id = text.toLowerCase();
  if (!isUuid(id)) throw malformed('REQUEST.BAD_ID', 'an id must be a UUID');
  return id;
}
