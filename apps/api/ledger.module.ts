import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { FURTHER_DEFINITIONS } from '#figures/report/glossary.js';
import { EVENT_STORE } from '#event-store/event-store.js';
import { CommandEndpoint } from '#platform/http/command-endpoint.js';
import { IDENTITY_HASHER } from '#platform/identity.js';
import { SIGN_IN } from '#platform/health/health.js';
import { METRICS, type Metrics } from '#platform/metrics/metrics.js';
import { ORGANISATION } from '#platform/organisation.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { ROSTER } from '#platform/roster.js';
import { READ_STORE } from '#read-store/read-store.js';
import { LAG_WATCH } from '#subscriptions/lag.js';
import { CREDIT_DEFINITIONS } from '#apps/composition/glossary.js';
import type { Ledger } from '#apps/composition/ledger.js';

/** The ledger and what belongs to it, for every module of the app. */
@Global()
@Module({})
export class LedgerModule {
  static of(ledger: Ledger, metrics: Metrics): DynamicModule {
    const eventStore = metrics.watchAppends(ledger.eventStore);
    const { readStore, organisation, roster, hasher } = ledger;
    const side: ReadSide = { eventStore, readStore, organisation };
    const providers = [
      { provide: EVENT_STORE, useValue: eventStore },
      { provide: READ_STORE, useValue: readStore },
      { provide: ORGANISATION, useValue: organisation },
      { provide: ROSTER, useValue: roster },
      { provide: IDENTITY_HASHER, useValue: hasher },
      { provide: READ_SIDE, useValue: side },
      { provide: FURTHER_DEFINITIONS, useValue: CREDIT_DEFINITIONS },
      { provide: METRICS, useValue: metrics },
      { provide: SIGN_IN, useValue: ledger.config.auth },
      { provide: LAG_WATCH, useValue: ledger.lag },
      CommandEndpoint,
    ];
    return {
      module: LedgerModule,
      imports: [CqrsModule.forRoot()],
      providers,
      exports: [...providers.map((one) => ('provide' in one ? one.provide : one)), CqrsModule],
    };
  }
}
