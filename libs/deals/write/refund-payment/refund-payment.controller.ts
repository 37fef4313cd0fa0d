import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { RefundPaymentCommand } from './refund-payment.command.js';
import { RefundPaymentRequest, toRefundPayment } from './refund-payment.request.js';

@ApiTags('deals')
@Controller('deals')
export class RefundPaymentController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/payments/:paymentId/refunds', {
    summary: 'Records money of a payment given back',
    body: RefundPaymentRequest,
    example: {
      kind: 'refund',
      amount: { amount: '250.00', currency: 'EUR' },
      costRecovered: { amount: '160.00', currency: 'EUR' },
      reason: 'returned',
      occurredAt: '2026-05-02T10:00:00Z',
    },
    event: 'deal.payment-refunded',
    refusals: ['REFUND.EXCEEDS_PAYMENT', 'REFUND.EXCEEDS_COST', 'PAYMENT.ANNULLED', 'REFUND.ANNULLED', 'DEAL.ANNULLED'],
  })
  refundPayment(
    @Param('id') id: Uuid,
    @Param('paymentId') paymentId: string,
    @Body() body: RefundPaymentRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = { ...toRefundPayment(body), paymentId };
    return this.endpoint.run(
      { request, reply },
      {
        route: 'refund-payment',
        target: [id, paymentId].join('/'),
        body,
        part: { kind: 'refund', given: input.refundId },
      },
      (context) => new RefundPaymentCommand(context, id, input),
    );
  }
}
