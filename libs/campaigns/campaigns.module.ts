import { Module } from '@nestjs/common';
import { campaignsDepsProvider } from './campaigns-deps.js';
import { CampaignHandler, CampaignListHandler, SpendListHandler } from './read/campaign-queries.js';
import { CampaignQuestionsController } from './read/campaigns.controller.js';
import { ChangeOwnersController } from './write/change-owners/change-owners.controller.js';
import { ChangeOwnersHandler } from './write/change-owners/change-owners.handler.js';
import { CorrectSpendController } from './write/correct-spend/correct-spend.controller.js';
import { CorrectSpendHandler } from './write/correct-spend/correct-spend.handler.js';
import { DefineCampaignController } from './write/define-campaign/define-campaign.controller.js';
import { DefineCampaignHandler } from './write/define-campaign/define-campaign.handler.js';
import { EndCampaignController } from './write/end-campaign/end-campaign.controller.js';
import { EndCampaignHandler } from './write/end-campaign/end-campaign.handler.js';
import { RecordSpendController } from './write/record-spend/record-spend.controller.js';
import { RecordSpendHandler } from './write/record-spend/record-spend.handler.js';
import { RecordSpendsController } from './write/record-spends/record-spends.controller.js';
import { RecordSpendsHandler } from './write/record-spends/record-spends.handler.js';

/** Campaigns and spend. The app provides EVENT_STORE, ROSTER, ORGANISATION, READ_SIDE, the buses and the CommandEndpoint globally. */
@Module({
  controllers: [
    CampaignQuestionsController,
    DefineCampaignController,
    ChangeOwnersController,
    EndCampaignController,
    RecordSpendController,
    CorrectSpendController,
    RecordSpendsController,
  ],
  providers: [
    campaignsDepsProvider,
    CampaignHandler,
    CampaignListHandler,
    SpendListHandler,
    DefineCampaignHandler,
    ChangeOwnersHandler,
    EndCampaignHandler,
    RecordSpendHandler,
    CorrectSpendHandler,
    RecordSpendsHandler,
  ],
})
export class CampaignsModule {}
