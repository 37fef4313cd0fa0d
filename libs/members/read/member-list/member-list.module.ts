import { Module } from '@nestjs/common';
import { MemberListController } from './member-list.controller.js';
import { MemberListHandler } from './member-list.query.js';

@Module({ controllers: [MemberListController], providers: [MemberListHandler] })
export class MemberListModule {}
