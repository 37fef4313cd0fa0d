import { IntersectionType } from '@nestjs/swagger';
import { OfLeadRequest } from '../lead-reference.request.js';
import { ReviewLeadRequest } from '../review-lead/review-lead.request.js';

/** One of many reviews: a review, and of which lead. */
export class ReviewOfLeadRequest extends IntersectionType(OfLeadRequest, ReviewLeadRequest) {}
