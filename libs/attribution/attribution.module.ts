import { Module } from '@nestjs/common';
import { AttributionController } from './read/attribution/attribution.controller.js';
import { AttributionHandler } from './read/attribution/attribution.query.js';
import { JourneysController } from './read/journeys/journeys.controller.js';
import { JourneysHandler } from './read/journeys/journeys.query.js';
import { LeadJourneyController } from './read/lead-journey/lead-journey.controller.js';
import { LeadJourneyHandler } from './read/lead-journey/lead-journey.query.js';
import { ModelsController } from './read/models/models.controller.js';
import { ModelsHandler } from './read/models/models.query.js';
import { RoiController } from './read/roi/roi.controller.js';
import { RoiHandler } from './read/roi/roi.query.js';
import { DefineModelController } from './write/define-model/define-model.controller.js';
import { DefineModelHandler } from './write/define-model/define-model.handler.js';

/** Credit, return and journeys. The app provides EVENT_STORE, ROSTER, READ_SIDE, the buses and the CommandEndpoint globally. */
@Module({
  controllers: [
    ModelsController,
    DefineModelController,
    AttributionController,
    RoiController,
    JourneysController,
    LeadJourneyController,
  ],
  providers: [ModelsHandler, DefineModelHandler, AttributionHandler, RoiHandler, JourneysHandler, LeadJourneyHandler],
})
export class AttributionModule {}
