import { IntersectionType } from '@nestjs/swagger';
import { OfLeadRequest } from '../lead-reference.request.js';
import { RecordTouchRequest } from '../record-touch/record-touch.request.js';

/** One of many touches: a touch, and whose it is. */
export class TouchOfLeadRequest extends IntersectionType(OfLeadRequest, RecordTouchRequest) {}
