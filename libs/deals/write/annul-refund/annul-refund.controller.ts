import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { AnnulRefundCommand } from './annul-refund.command.js';
import { AnnulRefundRequest, toAnnulRefund } from './annul-refund.request.js';

@ApiTags('deals')
@Controller('deals')
export class AnnulRefundController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/payments/:paymentId/refunds/:refundId/annul', {
    summary: 'Takes back a refund entered in error',
    body: AnnulRefundRequest,
    example: { reason: 'It was another payment.' },
    event: 'deal.refund-annulled',
    refusals: ['DEAL.MEANS_SOMETHING_ELSE', 'DEAL.ANNULLED'],
  })
  annulRefund(
    @Param('id') id: Uuid,
    @Param('paymentId') paymentId: string,
    @Param('refundId') refundId: string,
    @Body() body: AnnulRefundRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = { ...toAnnulRefund(body), paymentId, refundId };
    return this.endpoint.run(
      { request, reply },
      { route: 'annul-refund', target: [id, paymentId, refundId].join('/'), body },
      (context) => new AnnulRefundCommand(context, id, input),
    );
  }
}
