import { Module } from '@nestjs/common';
import { AdvanceDealController } from './write/advance-deal/advance-deal.controller.js';
import { AdvanceDealHandler } from './write/advance-deal/advance-deal.handler.js';
import { AmendDealController } from './write/amend-deal/amend-deal.controller.js';
import { AmendDealHandler } from './write/amend-deal/amend-deal.handler.js';
import { AnnulDealController } from './write/annul-deal/annul-deal.controller.js';
import { AnnulDealHandler } from './write/annul-deal/annul-deal.handler.js';
import { AnnulPaymentController } from './write/annul-payment/annul-payment.controller.js';
import { AnnulPaymentHandler } from './write/annul-payment/annul-payment.handler.js';
import { AnnulRefundController } from './write/annul-refund/annul-refund.controller.js';
import { AnnulRefundHandler } from './write/annul-refund/annul-refund.handler.js';
import { AssignDealController } from './write/assign-deal/assign-deal.controller.js';
import { AssignDealHandler } from './write/assign-deal/assign-deal.handler.js';
import { CloseDealController } from './write/close-deal/close-deal.controller.js';
import { CloseDealHandler } from './write/close-deal/close-deal.handler.js';
import { OpenDealController } from './write/open-deal/open-deal.controller.js';
import { OpenDealHandler } from './write/open-deal/open-deal.handler.js';
import { DefineMarginsController } from './write/define-margins/define-margins.controller.js';
import { DefineMarginsHandler } from './write/define-margins/define-margins.handler.js';
import { RecordPaymentController } from './write/record-payment/record-payment.controller.js';
import { RecordPaymentHandler } from './write/record-payment/record-payment.handler.js';
import { RefundPaymentController } from './write/refund-payment/refund-payment.controller.js';
import { RefundPaymentHandler } from './write/refund-payment/refund-payment.handler.js';
import { ReopenDealController } from './write/reopen-deal/reopen-deal.controller.js';
import { ReopenDealHandler } from './write/reopen-deal/reopen-deal.handler.js';
import { dealsDepsProvider } from './write/deals-deps.js';

/** The write side of deals. The app provides EVENT_STORE, ROSTER, ORGANISATION, the command bus and the CommandEndpoint globally. */
@Module({
  controllers: [
    OpenDealController,
    AmendDealController,
    AssignDealController,
    AdvanceDealController,
    CloseDealController,
    ReopenDealController,
    AnnulDealController,
    RecordPaymentController,
    AnnulPaymentController,
    RefundPaymentController,
    AnnulRefundController,
    DefineMarginsController,
  ],
  providers: [
    dealsDepsProvider,
    OpenDealHandler,
    AmendDealHandler,
    AssignDealHandler,
    AdvanceDealHandler,
    CloseDealHandler,
    ReopenDealHandler,
    AnnulDealHandler,
    RecordPaymentHandler,
    AnnulPaymentHandler,
    RefundPaymentHandler,
    AnnulRefundHandler,
    DefineMarginsHandler,
  ],
})
export class DealsModule {}
