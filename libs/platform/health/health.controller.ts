import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { METRICS, type Metrics } from '../metrics/metrics.js';
import { DescribeQuestion } from '../openapi/question.js';
import { READ_SIDE, type ReadSide } from '../questions/read-side.js';
import { LAG_WATCH, type LagWatch } from '#subscriptions/lag.js';
import { healthOf, readinessOf, SIGN_IN, type HealthReport, type Readiness, type SignIn } from './health.js';

const EXAMPLE = {
  status: 'up',
  ledger: {
    status: 'up',
    ledgerId: '9b2d6c0e-7a51-4f0c-8d0e-2f1a3b4c5d6e',
    position: '20417',
    recordedAt: '2026-03-01T09:30:00Z',
    clockLagMs: 0,
  },
  projections: [{ processor: 'leads', generation: 1, lag: 0, lagSeconds: 0, state: 'current', stalled: [] }],
  signIn: 'off',
  warnings: [
    {
      code: 'SIGN_IN_OFF',
      detail: 'there is no sign-in: whoever reaches this port may do everything; it listens on loopback only',
    },
  ],
};

const READY = { status: 'up', ledger: 'up', readModels: 'up' };

@ApiTags('operation')
@Controller()
export class HealthController {
  constructor(
    @Inject(READ_SIDE) private readonly side: ReadSide,
    @Inject(LAG_WATCH) private readonly projections: LagWatch,
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(SIGN_IN) private readonly signIn: SignIn,
  ) {}

  @Get('health')
  @DescribeQuestion(
    'Whether it works: the ledger, its clock, how far the projections are; 503 when the ledger is out of reach',
    EXAMPLE,
  )
  async health(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HealthReport | Pick<HealthReport, 'status' | 'signIn'>> {
    const report = await healthOf(this.side.eventStore, this.projections, this.signIn);
    if (report.status === 'down') reply.status(503);
    // How the ledger is doing in detail is for those who may come in.
    return this.signIn === 'off' || request.principal !== null
      ? report
      : { status: report.status, signIn: report.signIn };
  }

  @Get('health/live')
  @DescribeQuestion('Whether the process answers at all', { status: 'up' })
  live(): { readonly status: 'up' } {
    return { status: 'up' };
  }

  @Get('health/ready')
  @DescribeQuestion('Whether it can work: the ledger and the read models can be reached; 503 while one cannot', READY)
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await readinessOf(this.side.eventStore, this.side.readStore);
    if (readiness.status === 'down') reply.status(503);
    return readiness;
  }

  @Get('metrics')
  @ApiOperation({ summary: 'Metrics in the Prometheus text format' })
  @ApiOkResponse({
    description: 'The answer.',
    content: { 'text/plain': { schema: { type: 'string' }, example: 'concord_ledger_position 20417' } },
  })
  async text(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    reply.type(this.metrics.contentType);
    return this.metrics.text();
  }
}
