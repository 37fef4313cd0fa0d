import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { DescribeList } from '#platform/openapi/question.js';
import type { ListAnswer } from '#platform/questions/list.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import { MEMBER_LIST, type MemberItem } from './answer-members.js';
import { MemberListQuery } from './member-list.query.js';

const EXAMPLE = {
  id: '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10',
  revision: 0,
  handle: 'charles',
  team: 'sales',
  role: 'member',
  manager: 'augusta',
  aliases: ['charles@example.com'],
  joinedAt: '2026-01-02T08:00:00Z',
  leftAt: null,
  since: '2026-01-02T08:00:00Z',
};

@ApiTags('members')
@Controller('members')
export class MemberListController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeList('Members: who is in which team, in which role', MEMBER_LIST, EXAMPLE)
  list(@Query() query: Parameters): Promise<ListAnswer<MemberItem>> {
    return this.bus.execute(new MemberListQuery(query));
  }
}
