import { Module } from '@nestjs/common';
import { DealHandler } from './deal/deal.query.js';
import { DealListHandler } from './deal-list/deal-list.query.js';
import { DealQuestionsController } from './deals.controller.js';
import { MarginsController } from './margins/margins.controller.js';
import { MarginsHandler } from './margins/margins.query.js';

@Module({
  controllers: [DealQuestionsController, MarginsController],
  providers: [DealHandler, DealListHandler, MarginsHandler],
})
export class DealQuestionsModule {}
