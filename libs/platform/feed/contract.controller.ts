import { Controller, Get, Param } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { DomainError } from '#kernel/errors.js';
import type { JsonSchema } from '#publishing/shape.js';
import { DescribeQuestion } from '../openapi/question.js';
import { EVERY_PUBLIC_EVENT } from '../public-events/every-public-event.js';
import { asyncApiDocument } from '../public-events/published-documents.js';

const EXAMPLE_TYPE = 'lead.assigned';

@ApiTags('events')
@Controller()
export class ContractController {
  @Get('asyncapi.json')
  @DescribeQuestion('The public event contract as an AsyncAPI 3.0 document', {
    asyncapi: '3.0.0',
    info: { title: 'Concord: public events', version: '1.0.0' },
  })
  asyncApi(): ReturnType<typeof asyncApiDocument> {
    return asyncApiDocument();
  }

  @Get('schemas/:type')
  @DescribeQuestion(
    'The JSON Schema (draft 7) of a public event’s content',
    EVERY_PUBLIC_EVENT.of(EXAMPLE_TYPE)?.schema,
  )
  @ApiParam({
    name: 'type',
    example: EXAMPLE_TYPE,
    description:
      'As the ledger or as CloudEvents name it: lead.assigned, concord.lead.assigned.v1 or lead.assigned.v1.',
  })
  schema(@Param('type') type: string): JsonSchema {
    const name = type.replace(/^concord\./, '');
    const found = EVERY_PUBLIC_EVENT.events.find(
      (event) => name === event.type || name === `${event.type}.v${event.version}`,
    );
    if (found === undefined)
      throw new DomainError('not-found', 'SCHEMA.NOT_FOUND', 'there is no public event of that type and version');
    return found.schema;
  }
}
