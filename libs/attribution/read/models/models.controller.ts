import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import { MODELS_EXAMPLE } from '../credit-examples.js';
import { ModelsQuery, type ModelsAnswer } from './models.query.js';

@ApiTags('attribution')
@Controller('attribution/models')
export class ModelsController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion('Every version of every attribution model, and how far its credit is', MODELS_EXAMPLE)
  answer(@Query() query: Parameters): Promise<ModelsAnswer> {
    return this.bus.execute(new ModelsQuery(query));
  }
}
