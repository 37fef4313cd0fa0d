import { Module } from '@nestjs/common';
import { JoinMemberController } from './write/join-member/join-member.controller.js';
import { JoinMemberHandler } from './write/join-member/join-member.handler.js';
import { LeaveMemberController } from './write/leave-member/leave-member.controller.js';
import { LeaveMemberHandler } from './write/leave-member/leave-member.handler.js';
import { MoveMemberController } from './write/move-member/move-member.controller.js';
import { MoveMemberHandler } from './write/move-member/move-member.handler.js';
import { membersDepsProvider } from './write/run-member-command.js';

/**
 * The write side of members. The app provides EVENT_STORE, ROSTER (made by `createRoster`), the command bus and the CommandEndpoint globally.
 */
@Module({
  controllers: [JoinMemberController, MoveMemberController, LeaveMemberController],
  providers: [membersDepsProvider, JoinMemberHandler, MoveMemberHandler, LeaveMemberHandler],
})
export class MembersModule {}
