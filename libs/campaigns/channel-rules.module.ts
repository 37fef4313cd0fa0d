import { Global, Module, type FactoryProvider } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '#event-store/event-store.js';
import { CHANNELS, type Channels } from '#platform/channels.js';
import { campaignsDepsProvider } from './campaigns-deps.js';
import { createChannels } from './channels.js';
import { ChannelRulesController } from './read/channel-rules/channel-rules.controller.js';
import { ChannelRulesHandler, ClassifyHandler } from './read/channel-rules/channel-rules.query.js';
import { DefineChannelRulesController } from './write/define-channel-rules/define-channel-rules.controller.js';
import { DefineChannelRulesHandler } from './write/define-channel-rules/define-channel-rules.handler.js';

const channels: FactoryProvider<Channels> = {
  provide: CHANNELS,
  inject: [EVENT_STORE],
  useFactory: (store: EventStore) => createChannels(store),
};

/** The rules that choose channels, and CHANNELS for every module that records where something came from. */
@Global()
@Module({
  controllers: [DefineChannelRulesController, ChannelRulesController],
  providers: [campaignsDepsProvider, channels, DefineChannelRulesHandler, ChannelRulesHandler, ClassifyHandler],
  exports: [channels],
})
export class ChannelRulesModule {}
