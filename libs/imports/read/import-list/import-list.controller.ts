import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { DescribeList } from '#platform/openapi/question.js';
import type { ListAnswer } from '#platform/questions/list.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import { IMPORT_LIST, type ImportItem } from './answer-imports.js';
import { ImportListQuery } from './import-list.query.js';

const EXAMPLE = {
  id: '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10',
  mapping: 'olist',
  system: 'olist',
  files: [{ name: 'leads.csv', sha256: '9f86d081884c7d65', rows: 8000 }],
  asHistory: false,
  startedAt: '2026-03-01T09:30:00Z',
  finishedAt: '2026-03-01T09:30:04Z',
  result: { rows: 8000, rejected: 0, unchanged: 0, events: { 'lead.created': 8000 } },
};

@ApiTags('imports')
@Controller('imports')
export class ImportListController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeList('Imports, the latest first', IMPORT_LIST, EXAMPLE)
  list(@Query() query: Parameters): Promise<ListAnswer<ImportItem>> {
    return this.bus.execute(new ImportListQuery(query));
  }
}
