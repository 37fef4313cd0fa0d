import { Global, Module, type FactoryProvider } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '#event-store/event-store.js';
import { CODE_LISTS_PORT, type CodeLists } from '#platform/code-lists.js';
import { createCodeLists } from './code-lists.js';
import { CodeListHandler, CodeListsHandler } from './read/code-list/code-list.query.js';
import { CodeListsController } from './read/code-list/code-lists.controller.js';
import { DefineCodeListController } from './write/define-code-list/define-code-list.controller.js';
import { DefineCodeListHandler } from './write/define-code-list/define-code-list.handler.js';

const port: FactoryProvider<CodeLists> = {
  provide: CODE_LISTS_PORT,
  inject: [EVENT_STORE],
  useFactory: (store: EventStore) => createCodeLists(store),
};

/** The lists of codes, for every module that judges a code. The app provides EVENT_STORE, ROSTER, READ_SIDE, the buses and the CommandEndpoint globally. */
@Global()
@Module({
  controllers: [DefineCodeListController, CodeListsController],
  providers: [port, DefineCodeListHandler, CodeListsHandler, CodeListHandler],
  exports: [port],
})
export class CodeListsModule {}
