import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { malformed } from '#kernel/errors.js';
import type { LeadReference } from '../find-lead.js';
import { EmailAddress, ExternalIdRequest, uuidOf } from '../request-values.js';

/** Exactly one of the three. */
export class LeadReferenceRequest {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  id?: string | null;

  @ApiPropertyOptional({ type: ExternalIdRequest })
  @IsOptional()
  @ValidateNested()
  @Type(() => ExternalIdRequest)
  externalId?: ExternalIdRequest | null;

  @EmailAddress()
  email?: string | null;
}

/** The lead that an item of a list is about. */
export class OfLeadRequest {
  @ApiProperty({ type: LeadReferenceRequest })
  @IsDefined()
  @ValidateNested()
  @Type(() => LeadReferenceRequest)
  lead!: LeadReferenceRequest;
}

/** Throws `REQUEST.INVALID` unless exactly one way of naming the lead is used. */
export function leadReferenceOf({ id, externalId, email }: LeadReferenceRequest): LeadReference {
  const named: LeadReference[] = [];
  if (id !== undefined && id !== null) named.push({ id: uuidOf(id) });
  if (externalId !== undefined && externalId !== null)
    named.push({ externalId: { system: externalId.system, id: externalId.id } });
  if (email !== undefined && email !== null) named.push({ email });
  const [reference] = named;
  if (reference !== undefined && named.length === 1) return reference;
  const detail = 'lead is named by exactly one of id, externalId and email';
  throw malformed('REQUEST.INVALID', detail, [{ pointer: '/lead', code: 'ONE_OF', detail }]);
}
