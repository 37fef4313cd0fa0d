import { Module, type FactoryProvider } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '#event-store/event-store.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { ROSTER, type Roster } from '#platform/roster.js';
import { LeadReviewsController } from './read/reviews.controller.js';
import {
  LeadReviewLeadsHandler,
  LeadReviewsHandler,
  SessionHandler,
  SessionReportHandler,
  SessionsHandler,
} from './read/reviews.query.js';
import { queueFinder } from './report/find-queue.js';
import { AddReviewActionController } from './write/add-review-action/add-review-action.controller.js';
import { AddReviewActionHandler } from './write/add-review-action/add-review-action.handler.js';
import { CloseLeadReviewController } from './write/close-lead-review/close-lead-review.controller.js';
import { CloseLeadReviewHandler } from './write/close-lead-review/close-lead-review.handler.js';
import { DecideInReviewController } from './write/decide-in-review/decide-in-review.controller.js';
import { DecideInReviewHandler } from './write/decide-in-review/decide-in-review.handler.js';
import { FinishReviewActionController } from './write/finish-review-action/finish-review-action.controller.js';
import { FinishReviewActionHandler } from './write/finish-review-action/finish-review-action.handler.js';
import { OpenLeadReviewController } from './write/open-lead-review/open-lead-review.controller.js';
import { OpenLeadReviewHandler } from './write/open-lead-review/open-lead-review.handler.js';
import { REVIEW_DEPS, type ReviewDeps } from './write/run-review-command.js';

const deps: FactoryProvider<ReviewDeps> = {
  provide: REVIEW_DEPS,
  inject: [EVENT_STORE, ROSTER, READ_SIDE],
  useFactory: (store: EventStore, roster: Roster, side: ReadSide): ReviewDeps => ({
    store,
    roster,
    organisation: side.organisation,
    findQueue: queueFinder(side),
  }),
};

/** Lead reviews: sessions and their report. The app provides EVENT_STORE, ROSTER, READ_SIDE, the buses and the CommandEndpoint globally. */
@Module({
  controllers: [
    OpenLeadReviewController,
    DecideInReviewController,
    AddReviewActionController,
    FinishReviewActionController,
    CloseLeadReviewController,
    LeadReviewsController,
  ],
  providers: [
    deps,
    OpenLeadReviewHandler,
    DecideInReviewHandler,
    AddReviewActionHandler,
    FinishReviewActionHandler,
    CloseLeadReviewHandler,
    LeadReviewsHandler,
    LeadReviewLeadsHandler,
    SessionsHandler,
    SessionHandler,
    SessionReportHandler,
  ],
})
export class ReviewsModule {}
