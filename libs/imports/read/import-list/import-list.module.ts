import { Module } from '@nestjs/common';
import { ImportListController } from './import-list.controller.js';
import { ImportListHandler } from './import-list.query.js';

@Module({ controllers: [ImportListController], providers: [ImportListHandler] })
export class ImportListModule {}
