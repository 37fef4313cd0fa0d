import { Module, type FactoryProvider } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '#event-store/event-store.js';
import { ROSTER, type Roster } from '#platform/roster.js';
import { FeedbackController, GuidelinesController } from './read/feedback.controller.js';
import { FeedbackHandler, FeedbackListHandler } from './read/feedback/feedback.query.js';
import { GuidelineHandler, GuidelineListHandler } from './read/guideline/guideline.query.js';
import { AcknowledgeFeedbackController } from './write/acknowledge-feedback/acknowledge-feedback.controller.js';
import { AcknowledgeFeedbackHandler } from './write/acknowledge-feedback/acknowledge-feedback.handler.js';
import { AcknowledgeGuidelineController } from './write/acknowledge-guideline/acknowledge-guideline.controller.js';
import { AcknowledgeGuidelineHandler } from './write/acknowledge-guideline/acknowledge-guideline.handler.js';
import { AnswerFeedbackController } from './write/answer-feedback/answer-feedback.controller.js';
import { AnswerFeedbackHandler } from './write/answer-feedback/answer-feedback.handler.js';
import { GiveFeedbackController } from './write/give-feedback/give-feedback.controller.js';
import { GiveFeedbackHandler } from './write/give-feedback/give-feedback.handler.js';
import { PublishGuidelineController } from './write/publish-guideline/publish-guideline.controller.js';
import { PublishGuidelineHandler } from './write/publish-guideline/publish-guideline.handler.js';
import { ResolveFeedbackController } from './write/resolve-feedback/resolve-feedback.controller.js';
import { ResolveFeedbackHandler } from './write/resolve-feedback/resolve-feedback.handler.js';
import { FEEDBACK_DEPS, type FeedbackDeps } from './write/run-feedback-command.js';

const deps: FactoryProvider<FeedbackDeps> = {
  provide: FEEDBACK_DEPS,
  inject: [EVENT_STORE, ROSTER],
  useFactory: (store: EventStore, roster: Roster) => ({ store, roster }),
};

/** What the teams tell each other. The app provides EVENT_STORE, ROSTER, READ_SIDE, the buses and the CommandEndpoint globally. */
@Module({
  controllers: [
    GiveFeedbackController,
    AcknowledgeFeedbackController,
    AnswerFeedbackController,
    ResolveFeedbackController,
    PublishGuidelineController,
    AcknowledgeGuidelineController,
    FeedbackController,
    GuidelinesController,
  ],
  providers: [
    deps,
    GiveFeedbackHandler,
    AcknowledgeFeedbackHandler,
    AnswerFeedbackHandler,
    ResolveFeedbackHandler,
    PublishGuidelineHandler,
    AcknowledgeGuidelineHandler,
    FeedbackListHandler,
    FeedbackHandler,
    GuidelineListHandler,
    GuidelineHandler,
  ],
})
export class FeedbackModule {}
