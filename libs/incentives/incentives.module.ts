import { Module } from '@nestjs/common';

/**
 * Bonuses: plans, what is earned under them, statements. The app provides EVENT_STORE, ROSTER, ORGANISATION, READ_SIDE, the buses and the
 * CommandEndpoint globally.
 */
@Module({
  controllers: [],
  providers: [],
})
export class IncentivesModule {}
