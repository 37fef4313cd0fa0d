import { Module, type DynamicModule } from '@nestjs/common';
import { AttributionModule } from '#attribution/attribution.module.js';
import { ChannelRulesModule } from '#campaigns/channel-rules.module.js';
import { CampaignsModule } from '#campaigns/campaigns.module.js';
import { CodeListsModule } from '#codelists/code-lists.module.js';
import { DealsModule } from '#deals/deals.module.js';
import { DealQuestionsModule } from '#deals/read/deal-questions.module.js';
import { FeedbackModule } from '#feedback/feedback.module.js';
import { FiguresModule } from '#figures/figures.module.js';
import { StatementsModule } from '#incentives/statements.module.js';
import { ImportListModule } from '#imports/read/import-list/import-list.module.js';
import { IncentivesModule } from '#incentives/incentives.module.js';
import { LeadsModule } from '#leads/leads.module.js';
import { LeadQuestionsModule } from '#leads/read/lead-questions.module.js';
import { MembersModule } from '#members/members.module.js';
import { MemberListModule } from '#members/read/member-list/member-list.module.js';
import { FeedModule } from '#platform/feed/feed.module.js';
import { HealthController } from '#platform/health/health.controller.js';
import { ReviewsModule } from '#reviews/reviews.module.js';
import type { Metrics } from '#platform/metrics/metrics.js';
import type { Ledger } from '#apps/composition/ledger.js';
import { LedgerModule } from './ledger.module.js';

/** Commands in, answers out. */
@Module({})
export class ApiModule {
  static of(ledger: Ledger, metrics: Metrics): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        LedgerModule.of(ledger, metrics),
        CodeListsModule,
        LeadsModule,
        LeadQuestionsModule,
        DealsModule,
        DealQuestionsModule,
        CampaignsModule,
        ChannelRulesModule,
        MembersModule,
        MemberListModule,
        ImportListModule,
        FiguresModule,
        AttributionModule,
        FeedbackModule,
        FeedModule,
        ReviewsModule,
        StatementsModule,
        IncentivesModule,
      ],
      controllers: [HealthController],
    };
  }
}
