import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { RecordPaymentCommand } from './record-payment.command.js';
import { RecordPaymentRequest, toRecordPayment } from './record-payment.request.js';

@ApiTags('deals')
@Controller('deals')
export class RecordPaymentController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/payments', {
    summary: 'Records money received on a deal that is open or won',
    body: RecordPaymentRequest,
    example: {
      amount: { amount: '1250.00', currency: 'EUR' },
      tax: { amount: '237.50', currency: 'EUR' },
      cost: { amount: '800.00', currency: 'EUR' },
      reference: 'INV-2026-0042',
      occurredAt: '2026-04-15T00:00:00Z',
    },
    event: 'deal.payment-received',
    refusals: ['DEAL.TRANSITION_REFUSED', 'DEAL.MEANS_SOMETHING_ELSE', 'PAYMENT.ANNULLED', 'DEAL.ANNULLED'],
  })
  recordPayment(
    @Param('id') id: Uuid,
    @Body() body: RecordPaymentRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toRecordPayment(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'record-payment', target: id, body, part: { kind: 'payment', given: input.paymentId } },
      (context) => new RecordPaymentCommand(context, id, input),
    );
  }
}
