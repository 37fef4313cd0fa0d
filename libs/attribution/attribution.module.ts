import { Module } from '@nestjs/common';
import { AttributionController } from './read/attribution/attribution.controller.js';
import { AttributionHandler } from './read/attribution/attribution.query.js';
import { JourneysController } from './read/journeys/journeys.controller.js';
import { JourneysHandler } from './read/journeys/journeys.query.js';
import { RoiController } from './read/roi/roi.controller.js';
import { RoiHandler } from './read/roi/roi.query.js';

/** Credit, return and journeys. The app provides EVENT_STORE, ROSTER, READ_SIDE, the buses and the CommandEndpoint globally. */
@Module({
  controllers: [AttributionController, RoiController, JourneysController],
  providers: [AttributionHandler, RoiHandler, JourneysHandler],
})
export class AttributionModule {}
