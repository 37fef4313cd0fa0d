import { Module } from '@nestjs/common';
import { ContractController } from './contract.controller.js';
import { FeedController } from './feed.controller.js';

/** Public events for readers without Kafka, and what describes them. */
@Module({ controllers: [FeedController, ContractController] })
export class FeedModule {}
