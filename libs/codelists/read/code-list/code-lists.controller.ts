import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AS_OF_EXAMPLE, DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import { codeListNameOf } from '../../code-lists.js';
import type { CodeListAnswer, CodeListsAnswer } from './answer-code-lists.js';
import { CodeListQuery, CodeListsQuery } from './code-list.query.js';

const LIST = {
  name: 'helped',
  version: 1,
  codes: [{ code: 'case-study', text: 'A case study of their branch', retired: false }],
  definedAt: '2026-03-01T09:30:00Z',
  definedBy: 'augusta',
};

@ApiTags('code lists')
@Controller('code-lists')
export class CodeListsController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion('Every list of codes as it stands', { asOf: AS_OF_EXAMPLE, items: [LIST] }, 'knownAt')
  all(@Query() query: Parameters): Promise<CodeListsAnswer> {
    return this.bus.execute(new CodeListsQuery(query));
  }

  @Get(':name')
  @DescribeQuestion(
    'One list of codes with all its versions',
    { ...LIST, asOf: AS_OF_EXAMPLE, versions: [LIST] },
    'knownAt',
  )
  one(@Param('name') name: string, @Query() query: Parameters): Promise<CodeListAnswer> {
    return this.bus.execute(new CodeListQuery(codeListNameOf(name), query));
  }
}
