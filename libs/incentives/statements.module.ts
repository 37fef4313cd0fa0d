import { Module, type FactoryProvider } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '#event-store/event-store.js';
import { CounterfactualController } from './counterfactual/counterfactual.controller.js';
import { CounterfactualHandler } from './counterfactual/counterfactual.query.js';
import { AccrualsHandler, DisputesHandler, StatementsHandler } from './read/bonus-queries.js';
import { BonusesController } from './read/bonuses.controller.js';
import { KNOWN_BOOK, knownBook, type KnownBook } from './statements/known-book.js';
import { ApprovePeriodController } from './write/approve-period/approve-period.controller.js';
import { ApprovePeriodHandler } from './write/approve-period/approve-period.handler.js';
import { ApproveStatementController } from './write/approve-statement/approve-statement.controller.js';
import { ApproveStatementHandler } from './write/approve-statement/approve-statement.handler.js';
import { CloseBonusPeriodController } from './write/close-bonus-period/close-bonus-period.controller.js';
import { CloseBonusPeriodHandler } from './write/close-bonus-period/close-bonus-period.handler.js';
import { DraftPeriodController } from './write/draft-period/draft-period.controller.js';
import { DraftPeriodHandler } from './write/draft-period/draft-period.handler.js';
import { DraftStatementController } from './write/draft-statement/draft-statement.controller.js';
import { DraftStatementHandler } from './write/draft-statement/draft-statement.handler.js';
import { PayPeriodController } from './write/pay-period/pay-period.controller.js';
import { PayPeriodHandler } from './write/pay-period/pay-period.handler.js';
import { PayStatementController } from './write/pay-statement/pay-statement.controller.js';
import { PayStatementHandler } from './write/pay-statement/pay-statement.handler.js';
import { RaiseDisputeController } from './write/raise-dispute/raise-dispute.controller.js';
import { RaiseDisputeHandler } from './write/raise-dispute/raise-dispute.handler.js';
import { RuleDisputeController } from './write/rule-dispute/rule-dispute.controller.js';
import { RuleDisputeHandler } from './write/rule-dispute/rule-dispute.handler.js';
import { STATEMENT_DEPS, statementDeps } from './write/run-statement-command.js';
import { WriteOffDebtController } from './write/write-off-debt/write-off-debt.controller.js';
import { WriteOffDebtHandler } from './write/write-off-debt/write-off-debt.handler.js';

const book: FactoryProvider<KnownBook> = {
  provide: KNOWN_BOOK,
  inject: [EVENT_STORE],
  useFactory: (store: EventStore) => knownBook(store),
};

/** What people are paid, and who said so. The app provides EVENT_STORE, ROSTER, READ_SIDE, the buses and the CommandEndpoint globally. */
@Module({
  controllers: [
    DraftPeriodController,
    ApprovePeriodController,
    PayPeriodController,
    DraftStatementController,
    ApproveStatementController,
    PayStatementController,
    WriteOffDebtController,
    RaiseDisputeController,
    RuleDisputeController,
    CloseBonusPeriodController,
    BonusesController,
    CounterfactualController,
  ],
  providers: [
    book,
    statementDeps,
    DraftPeriodHandler,
    ApprovePeriodHandler,
    PayPeriodHandler,
    DraftStatementHandler,
    ApproveStatementHandler,
    PayStatementHandler,
    WriteOffDebtHandler,
    RaiseDisputeHandler,
    RuleDisputeHandler,
    CloseBonusPeriodHandler,
    StatementsHandler,
    AccrualsHandler,
    DisputesHandler,
    CounterfactualHandler,
  ],
  exports: [KNOWN_BOOK, STATEMENT_DEPS],
})
export class StatementsModule {}
