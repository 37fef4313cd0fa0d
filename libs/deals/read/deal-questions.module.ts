import { Module } from '@nestjs/common';
import { DealHandler } from './deal/deal.query.js';
import { DealListHandler } from './deal-list/deal-list.query.js';
import { DealQuestionsController } from './deals.controller.js';

@Module({
  controllers: [DealQuestionsController],
  providers: [DealHandler, DealListHandler],
})
export class DealQuestionsModule {}
