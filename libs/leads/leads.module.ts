import { Module, type Provider } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '#event-store/event-store.js';
import { IDENTITY_HASHER, type IdentityHasher } from '#platform/identity.js';
import { ROSTER, type Roster } from '#platform/roster.js';
import { CHANNELS, type Channels } from '#platform/channels.js';
import { CODE_LISTS_PORT, type CodeLists } from '#platform/code-lists.js';
import { LEADS_DEPS, type LeadsDeps } from './leads-deps.js';
import { AcceptLeadController } from './write/accept-lead/accept-lead.controller.js';
import { AcceptLeadHandler } from './write/accept-lead/accept-lead.handler.js';
import { AnnulStageController } from './write/annul-stage/annul-stage.controller.js';
import { AnnulStageHandler } from './write/annul-stage/annul-stage.handler.js';
import { AnnulTouchController } from './write/annul-touch/annul-touch.controller.js';
import { AnnulTouchHandler } from './write/annul-touch/annul-touch.handler.js';
import { AssignLeadController } from './write/assign-lead/assign-lead.controller.js';
import { AssignLeadHandler } from './write/assign-lead/assign-lead.handler.js';
import { ChangeDetailsController } from './write/change-details/change-details.controller.js';
import { ChangeDetailsHandler } from './write/change-details/change-details.handler.js';
import { CreateLeadController } from './write/create-lead/create-lead.controller.js';
import { CreateLeadHandler } from './write/create-lead/create-lead.handler.js';
import { DisqualifyLeadController } from './write/disqualify-lead/disqualify-lead.controller.js';
import { DisqualifyLeadHandler } from './write/disqualify-lead/disqualify-lead.handler.js';
import { QualifyMqlController } from './write/qualify-mql/qualify-mql.controller.js';
import { QualifyMqlHandler } from './write/qualify-mql/qualify-mql.handler.js';
import { QualifySqlController } from './write/qualify-sql/qualify-sql.controller.js';
import { QualifySqlHandler } from './write/qualify-sql/qualify-sql.handler.js';
import { RecordTouchController } from './write/record-touch/record-touch.controller.js';
import { RecordTouchHandler } from './write/record-touch/record-touch.handler.js';
import { RecordTouchesController } from './write/record-touches/record-touches.controller.js';
import { RecordTouchesHandler } from './write/record-touches/record-touches.handler.js';
import { RecycleLeadController } from './write/recycle-lead/recycle-lead.controller.js';
import { RecycleLeadHandler } from './write/recycle-lead/recycle-lead.handler.js';
import { RejectLeadController } from './write/reject-lead/reject-lead.controller.js';
import { RejectLeadHandler } from './write/reject-lead/reject-lead.handler.js';
import { ReopenLeadController } from './write/reopen-lead/reopen-lead.controller.js';
import { ReopenLeadHandler } from './write/reopen-lead/reopen-lead.handler.js';
import { ReviewLeadController } from './write/review-lead/review-lead.controller.js';
import { ReviewLeadHandler } from './write/review-lead/review-lead.handler.js';
import { ReviewLeadsController } from './write/review-leads/review-leads.controller.js';
import { ReviewLeadsHandler } from './write/review-leads/review-leads.handler.js';

const deps: Provider = {
  provide: LEADS_DEPS,
  inject: [EVENT_STORE, ROSTER, IDENTITY_HASHER, CODE_LISTS_PORT, CHANNELS],
  useFactory: (
    store: EventStore,
    roster: Roster,
    identity: IdentityHasher,
    codeLists: CodeLists,
    channels: Channels,
  ): LeadsDeps => ({
    store,
    roster,
    identity,
    codeLists,
    channels,
  }),
};

/**
 * The write side of leads. The app provides EVENT_STORE, ROSTER, IDENTITY_HASHER, CODE_LISTS_PORT, CHANNELS, the command bus and the CommandEndpoint globally.
 */
@Module({
  controllers: [
    AcceptLeadController,
    AnnulStageController,
    AnnulTouchController,
    AssignLeadController,
    ChangeDetailsController,
    CreateLeadController,
    DisqualifyLeadController,
    QualifyMqlController,
    QualifySqlController,
    RecordTouchController,
    RecordTouchesController,
    RecycleLeadController,
    RejectLeadController,
    ReopenLeadController,
    ReviewLeadController,
    ReviewLeadsController,
  ],
  providers: [
    deps,
    AcceptLeadHandler,
    AnnulStageHandler,
    AnnulTouchHandler,
    AssignLeadHandler,
    ChangeDetailsHandler,
    CreateLeadHandler,
    DisqualifyLeadHandler,
    QualifyMqlHandler,
    QualifySqlHandler,
    RecordTouchHandler,
    RecordTouchesHandler,
    RecycleLeadHandler,
    RejectLeadHandler,
    ReopenLeadHandler,
    ReviewLeadHandler,
    ReviewLeadsHandler,
  ],
})
export class LeadsModule {}
