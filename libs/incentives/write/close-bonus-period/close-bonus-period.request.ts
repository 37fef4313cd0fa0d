import { OccurredAt, toInstant } from '#platform/http/request-values.js';
import type { Dated } from '../../asked.js';

export class CloseBonusPeriodRequest {
  @OccurredAt()
  occurredAt?: string | null;
}

export const closeBonusPeriodInputOf = ({ occurredAt }: CloseBonusPeriodRequest): Dated => ({
  occurredAt: toInstant(occurredAt),
});
