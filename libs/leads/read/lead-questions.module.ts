import { Module } from '@nestjs/common';
import { LeadHandler } from './lead/lead.query.js';
import { LeadListHandler } from './lead-list/lead-list.query.js';
import { LeadTimelineHandler } from './lead-timeline/lead-timeline.query.js';
import { LeadQuestionsController } from './leads.controller.js';

@Module({
  controllers: [LeadQuestionsController],
  providers: [LeadHandler, LeadListHandler, LeadTimelineHandler],
})
export class LeadQuestionsModule {}
