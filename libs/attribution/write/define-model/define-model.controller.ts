import { Body, Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { DefineModelCommand } from './define-model.command.js';
import { DefineModelRequest, toDefineModel } from './define-model.request.js';

@ApiTags('attribution')
@Controller('attribution/models')
export class DefineModelController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('', {
    summary:
      'A model of your own, or its next version; its credit is replayed from the first event on, beside the others',
    body: DefineModelRequest,
    example: {
      id: 'demo-first',
      name: 'Demos first',
      kinds: { demo: 5, webinar: 2 },
      other: 1,
      options: { windowDays: 90 },
    },
    event: 'attribution.model-defined',
    creates: true,
    refusals: ['ATTRIBUTION.MODEL_IS_BUILT_IN'],
  })
  defineModel(
    @Body() body: DefineModelRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toDefineModel(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'define-attribution-model', target: '', body, location: () => '/attribution/models' },
      (context) => new DefineModelCommand(context, input),
    );
  }
}
