import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { AnnulPaymentCommand } from './annul-payment.command.js';
import { AnnulPaymentRequest, toAnnulPayment } from './annul-payment.request.js';

@ApiTags('deals')
@Controller('deals')
export class AnnulPaymentController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/payments/:paymentId/annul', {
    summary: 'Takes back a payment entered in error',
    body: AnnulPaymentRequest,
    example: { reason: 'Booked twice.' },
    event: 'deal.payment-annulled',
    refusals: ['PAYMENT.REFUNDED', 'DEAL.MEANS_SOMETHING_ELSE', 'DEAL.ANNULLED'],
  })
  annulPayment(
    @Param('id') id: Uuid,
    @Param('paymentId') paymentId: string,
    @Body() body: AnnulPaymentRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = { ...toAnnulPayment(body), paymentId };
    return this.endpoint.run(
      { request, reply },
      { route: 'annul-payment', target: [id, paymentId].join('/'), body },
      (context) => new AnnulPaymentCommand(context, id, input),
    );
  }
}
