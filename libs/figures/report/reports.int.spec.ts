import fc from 'fast-check';
import type { RecordedEvent } from '#kernel/envelope.js';
import { instantText, type Instant } from '#kernel/time.js';
import { askFigures } from '../testing/figures-side.js';
import { ledgers } from '../testing/random-ledger.js';
import { projectFigures } from '../testing/projected.js';
import { toldEventStore } from '../testing/told-event-store.js';
import { toldLedger, uuid, type ToldLedger } from '../testing/recorded.js';
import { figuresCsv, funnelCsv, kpiCsv } from './csv.js';
import { answerFigures } from './figures.js';
import { answerFunnel, type FunnelStageAnswer } from './funnel.js';
import { answerKpi } from './kpi.js';
import { METRICS } from './metrics.js';
import type { FiguresDeps } from './sight.js';

const at = (text: string): Instant => Date.parse(`${text}T12:00:00Z`);
const on = (text: string, pass = 1) => ({ occurredAt: at(text), pass });
const eur = (minor: number) => ({ minor, currency: 'EUR' });

function ledger(tell: (ledger: ToldLedger) => void): readonly RecordedEvent[] {
  const told = toldLedger({ start: Date.UTC(2026, 5, 1) });
  tell(told);
  return told.events;
}

const stagesOf = (stages: readonly FunnelStageAnswer[]): unknown =>
  stages.map(({ stage, count, skipped }) => [stage, count, ...(skipped === undefined ? [] : [skipped])]);

/** Three leads: one takes every stage, one jumps from MQL to its deal, one stops at MQL and comes back in a second pass. */
const threeLeads = ledger((told) => {
  const [whole, jumper, returner] = [uuid(1), uuid(2), uuid(3)];
  told.lead(whole, 'lead.created', { channel: 'ads' }, on('2026-01-01'));
  told.lead(whole, 'lead.mql-qualified', {}, on('2026-01-05'));
  told.lead(whole, 'lead.accepted', {}, on('2026-01-10'));
  told.lead(whole, 'lead.sql-qualified', {}, on('2026-01-20'));
  told.deal(uuid(11), whole, 'deal.opened', {}, on('2026-02-01'));
  told.deal(uuid(11), whole, 'deal.won', {}, on('2026-03-01'));
  told.deal(uuid(11), whole, 'deal.payment-received', { paymentId: 'p', amount: eur(100) }, on('2026-03-02'));
  told.lead(jumper, 'lead.created', { channel: 'email' }, on('2026-01-02'));
  told.lead(jumper, 'lead.mql-qualified', {}, on('2026-01-03'));
  told.deal(uuid(12), jumper, 'deal.opened', {}, on('2026-01-04'));
  told.deal(uuid(12), jumper, 'deal.won', {}, on('2026-01-01'));
  told.lead(returner, 'lead.created', { channel: 'ads' }, on('2026-01-03'));
  told.lead(returner, 'lead.mql-qualified', {}, on('2026-01-04'));
  told.lead(returner, 'lead.reopened', { mode: 'new-pass', annuls: null }, on('2026-02-03', 2));
  told.lead(returner, 'lead.mql-qualified', {}, on('2026-02-04', 2));
});

describe('The cohort funnel', () => {
  it('follows the passes that entered the first stage in the period, and tells who jumped a stage', async () => {
    const { total, rows } = await askFigures(threeLeads, (deps) =>
      answerFunnel(deps, { period: '2026-01', by: 'channel' }),
    );
    expect(stagesOf(total.stages)).toEqual([
      ['lead', 3],
      ['mql', 3, 0],
      ['sal', 1, 1],
      ['sql', 1, 1],
      ['opportunity', 2, 0],
      ['won', 2, 0],
      ['paying', 1],
    ]);
    expect(rows.map((row) => [row['channel'], row.stages.map(({ count }) => count)])).toEqual([
      ['ads', [2, 2, 1, 1, 1, 1, 1]],
      ['email', [1, 1, 0, 0, 1, 1, 0]],
    ]);
  });

  it('has the shape of the interface', async () => {
    const { total } = await askFigures(threeLeads, (deps) => answerFunnel(deps, { stages: 'mql,won' }));
    const share = { value: 0.5, numerator: 2, denominator: 4 };
    expect(total.stages).toEqual([
      { stage: 'mql', count: 4 },
      { stage: 'won', count: 2, fromPrevious: share, fromFirst: share, matured: null },
    ]);
  });

  it('counts a pass that was won before its first stage at once, and others only within the horizon', async () => {
    const within = (horizonDays: string) =>
      askFigures(threeLeads, (deps) => answerFunnel(deps, { stages: 'mql,won', period: '2026-01', horizonDays }));
    expect((await within('0')).total.stages[1]).toMatchObject({ count: 1, matured: true });
    expect((await within('54')).total.stages[1]).toMatchObject({ count: 1 });
    expect((await within('55')).total.stages[1]).toMatchObject({ count: 2 });
    expect((await within('200')).total.stages[1]).toMatchObject({ matured: false });
  });

  it('says which stage nobody records, and passes over it', async () => {
    const events = ledger((told) => {
      told.lead(uuid(1), 'lead.created', {}, on('2026-01-01'));
      told.deal(uuid(11), uuid(1), 'deal.opened', {}, on('2026-02-01'));
    });
    const { total } = await askFigures(events, (deps) => answerFunnel(deps, { stages: 'lead,mql,opportunity' }));
    expect(total.stages).toEqual([
      { stage: 'lead', count: 1 },
      { stage: 'mql', count: 0, fromPrevious: null, fromFirst: null, matured: null, skipped: 1, recorded: false },
      {
        stage: 'opportunity',
        count: 1,
        fromPrevious: { value: 1, numerator: 1, denominator: 1 },
        fromFirst: { value: 1, numerator: 1, denominator: 1 },
        matured: null,
      },
    ]);
  });
});

describe('The step from one stage of a cohort to the next', () => {
  it('is the share of the passes of the stage before, never of those who came past it', async () => {
    const events = ledger((told) => {
      for (const [n, stages] of [['mql', 'sal'], ['mql'], ['sal'], ['sal']].entries()) {
        told.lead(uuid(n + 1), 'lead.created', {}, on('2026-01-01'));
        if (stages.includes('mql')) told.lead(uuid(n + 1), 'lead.mql-qualified', {}, on('2026-01-02'));
        if (stages.includes('sal')) told.lead(uuid(n + 1), 'lead.accepted', {}, on('2026-01-03'));
      }
    });
    const { total } = await askFigures(events, (deps) => answerFunnel(deps, { stages: 'lead,mql,sal' }));
    expect(total.stages.slice(1)).toMatchObject([
      { stage: 'mql', count: 2, skipped: 2, fromPrevious: { numerator: 2, denominator: 4 } },
      {
        stage: 'sal',
        count: 3,
        fromPrevious: { value: 0.5, numerator: 1, denominator: 2 },
        fromFirst: { numerator: 3 },
      },
    ]);
  });
});

describe('The period funnel', () => {
  it("counts each stage's own entries in the period, and may exceed 100 %", async () => {
    const { total } = await askFigures(threeLeads, (deps) =>
      answerFunnel(deps, { mode: 'period', period: '2026-02', stages: 'lead,mql,sal,opportunity' }),
    );
    expect(stagesOf(total.stages)).toEqual([
      ['lead', 1, 0],
      ['mql', 1, 0],
      ['sal', 0, 0],
      ['opportunity', 1],
    ]);
    expect(total.stages[3]).toMatchObject({
      fromPrevious: { value: null, numerator: 1, denominator: 0 },
      fromFirst: { value: 1 },
    });
    expect(total.stages[3]).not.toHaveProperty('matured');
  });

  it('dates a jump by the stage that was jumped to', async () => {
    const { total } = await askFigures(threeLeads, (deps) =>
      answerFunnel(deps, { mode: 'period', period: '2026-01', stages: 'mql,sal,opportunity,won' }),
    );
    expect(stagesOf(total.stages)).toEqual([
      ['mql', 3, 0],
      ['sal', 1, 1],
      ['opportunity', 1, 0],
      ['won', 1],
    ]);
  });
});

describe('The KPI', () => {
  it('is new paying customers, beside its companions and the previous period', async () => {
    const answer = await askFigures(threeLeads, (deps) => answerKpi(deps, { period: '2026-03' }));
    expect(answer).toMatchObject({
      period: { from: '2026-03-01', to: '2026-03-31' },
      previousPeriod: { from: '2026-02-01', to: '2026-02-28' },
      kpi: { id: 'newPayingCustomers', version: 1, value: 1, previous: 0 },
      basis: null,
    });
    expect(answer.companions).toContainEqual({ id: 'opportunities', value: 0, previous: 1 });
    expect(answer.companions).toContainEqual({ id: 'profit', value: null, previous: null });
  });

  it('is new customers, and says so, while the ledger holds won deals but no payment', async () => {
    const unpaid = threeLeads.filter(({ type }) => type !== 'deal.payment-received');
    const answer = await askFigures(unpaid, (deps) => answerKpi(deps, {}));
    expect(answer).toMatchObject({ kpi: { id: 'newCustomers', value: 2, previous: null }, previousPeriod: null });
    expect(answer.basis).toMatchObject({
      metric: 'newCustomers',
      howTo: expect.stringContaining('/payments') as unknown,
    });
  });

  it('of an empty ledger is 0', async () => {
    const answer = await askFigures([], (deps) => answerKpi(deps, {}));
    expect(answer).toMatchObject({
      asOf: { position: '0', recordedAt: null },
      kpi: { id: 'newPayingCustomers', value: 0 },
      basis: null,
    });
  });
});

describe('Figures', () => {
  it('have a row where any metric has facts, with every metric in it, the filters applied and no value as null', async () => {
    const answer = await askFigures(threeLeads, (deps) =>
      answerFigures(deps, {
        metrics: 'leads,won,revenue,winRateOfClosed',
        by: 'channel',
        grain: 'quarter',
        channel: ['email', ''],
      }),
    );
    expect(answer).toMatchObject({
      asOf: { position: '15', knownAt: null },
      period: { from: null, to: null },
      grain: 'quarter',
      metrics: [
        { id: 'leads', version: 1, name: 'Leads', unit: 'count' },
        { id: 'won' },
        { id: 'revenue', unit: 'money' },
        { id: 'winRateOfClosed', unit: 'ratio' },
      ],
      rows: [
        {
          period: '2026-Q1',
          channel: 'email',
          leads: 1,
          won: 1,
          revenue: '0.00',
          winRateOfClosed: { value: 1, numerator: 1, denominator: 1 },
        },
      ],
      total: { leads: 1, won: 1, revenue: '0.00' },
    });
  });

  it('known before the first record are empty and name it', async () => {
    const answer = await askFigures(threeLeads, (deps) =>
      answerFigures(deps, { metrics: 'leads', knownAt: '2026-05-31T00:00:00Z' }),
    );
    expect(answer).toMatchObject({
      asOf: { position: '0', recordedAt: null, knownAt: '2026-05-31T00:00:00Z' },
      rows: [],
      total: { leads: 0 },
    });
    expect(answer.warnings).toEqual([
      { code: 'BEFORE_FIRST_RECORD', detail: expect.stringContaining('2026-06-01T00:00:00Z') as unknown },
    ]);
  });

  it.each([
    [{}, 'QUERY.METRICS_MISSING'],
    [{ metrics: 'leads,nonsense' }, 'QUERY.UNKNOWN_METRIC'],
    [{ metrics: 'leads,leads' }, 'QUERY.REPEATED_METRIC'],
    [{ metrics: 'leads', by: 'nonsense' }, 'QUERY.UNKNOWN_DIMENSION'],
    [{ metrics: 'leads', by: 'channel,channel' }, 'QUERY.REPEATED_DIMENSION'],
    [{ metrics: 'leads', by: 'channel,' }, 'QUERY.UNKNOWN_DIMENSION'],
    [{ metrics: 'leads', chanel: 'email' }, 'QUERY.UNKNOWN_PARAMETER'],
    [{ metrics: 'leads', period: '2026-13' }, 'QUERY.BAD_PERIOD'],
    [{ metrics: 'leads', period: '2026', from: '2026-01-01' }, 'QUERY.BAD_PERIOD'],
    [{ metrics: 'leads', from: '2026-02-30' }, 'QUERY.BAD_DAY'],
    [{ metrics: 'leads', from: '2026-03-01', to: '2026-02-01' }, 'QUERY.BAD_PERIOD'],
    [{ metrics: 'leads', grain: 'hour' }, 'QUERY.BAD_GRAIN'],
    [{ metrics: 'leads', knownAt: 'yesterday' }, 'QUERY.BAD_INSTANT'],
    [{ metrics: 'leads', minPosition: '-1' }, 'QUERY.BAD_POSITION'],
    [{ metrics: 'leads', format: 'xml' }, 'QUERY.BAD_FORMAT'],
    [{ metrics: 'leads', grain: ['day', 'week'] }, 'QUERY.REPEATED_PARAMETER'],
  ])('refuse %j with %s', async (query, code) => {
    await expect(askFigures(threeLeads, (deps) => answerFigures(deps, query))).rejects.toMatchObject({
      kind: 'malformed',
      code,
    });
  });

  it.each([
    [{ stages: 'lead' }, 'QUERY.BAD_STAGES'],
    [{ stages: 'won,lead' }, 'QUERY.BAD_STAGES'],
    [{ stages: 'lead,customer' }, 'QUERY.UNKNOWN_STAGE'],
    [{ mode: 'both' }, 'QUERY.BAD_MODE'],
    [{ horizonDays: '1.5' }, 'QUERY.BAD_HORIZON'],
    [{ horizonDays: '3', mode: 'period' }, 'QUERY.BAD_HORIZON'],
    [{ metrics: 'leads' }, 'QUERY.UNKNOWN_PARAMETER'],
  ])('and funnels %j with %s', async (query, code) => {
    await expect(askFigures(threeLeads, (deps) => answerFunnel(deps, query))).rejects.toMatchObject({
      kind: 'malformed',
      code,
    });
  });

  it('wait for a position, and answer 503 when it does not come', async () => {
    await expect(
      askFigures(threeLeads, (deps) => answerFigures(deps, { metrics: 'leads', minPosition: '99' })),
    ).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('What nobody has recorded', () => {
  const wonOnly = ledger((told) => {
    told.lead(uuid(1), 'lead.created', { channel: 'email' }, on('2026-01-01'));
    told.deal(uuid(11), uuid(1), 'deal.opened', {}, on('2026-01-02'));
    told.deal(uuid(11), uuid(1), 'deal.won', {}, on('2026-01-03'));
  });
  const codes = (answer: { readonly warnings: readonly { readonly code: string }[] }): unknown =>
    answer.warnings.map(({ code }) => code);

  it('is said beside the KPI, instead of bookings of 0.00 and a win rate of 100 %', async () => {
    const kpi = await askFigures(wonOnly, (deps) => answerKpi(deps, {}));
    expect(kpi.companions.filter(({ recorded }) => recorded === false).map(({ id }) => id)).toEqual([
      'mqls',
      'sals',
      'sqls',
      'winRateOfClosed',
      'bookings',
      'netRevenue',
    ]);
    expect(codes(kpi)).toEqual(['VALUES_NOT_RECORDED', 'LOST_DEALS_NOT_RECORDED', 'PAYMENTS_NOT_RECORDED']);
    expect(kpiCsv(kpi)).toContain('\nbookings,,\n');
  });

  it('is said beside figures that were asked for, and only beside those', async () => {
    const ask = (metrics: string) => askFigures(wonOnly, (deps) => answerFigures(deps, { metrics }));
    expect(codes(await ask('won,lost,leads'))).toEqual([]);
    expect(codes(await ask('bookings'))).toEqual(['VALUES_NOT_RECORDED']);
    expect(codes(await ask('winRateOfClosed,revenue'))).toEqual(['LOST_DEALS_NOT_RECORDED', 'PAYMENTS_NOT_RECORDED']);
  });

  it('is nothing where it was recorded in another period, or before any deal is won', async () => {
    const told = ledger((told) => {
      told.lead(uuid(1), 'lead.created', {}, on('2026-01-01'));
      for (const [deal, month] of [
        [uuid(11), '01'],
        [uuid(12), '02'],
      ] as const) {
        told.deal(deal, uuid(1), 'deal.opened', {}, on(`2026-${month}-02`));
        if (month === '01') told.deal(deal, uuid(1), 'deal.lost', {}, on('2026-01-03'));
        else told.deal(deal, uuid(1), 'deal.won', { value: eur(500) }, on('2026-02-03'));
      }
    });
    const ask = (query: Record<string, string>) =>
      askFigures(told, (deps) => answerFigures(deps, { metrics: 'bookings,winRateOfClosed', ...query }));
    expect(codes(await ask({ period: '2026-02' }))).toEqual([]);
    expect(codes(await ask({ period: '2026-03' }))).toEqual([]);
    expect(codes(await ask({ knownAt: instantText(told[2]?.recordedAt ?? 0) }))).toEqual([]);
  });

  it('makes the KPI another metric then than now, which is said', async () => {
    const told = ledger((told) => {
      told.lead(uuid(1), 'lead.created', {}, on('2026-01-01'));
      told.deal(uuid(11), uuid(1), 'deal.opened', {}, on('2026-01-02'));
      told.deal(uuid(11), uuid(1), 'deal.won', {}, on('2026-01-03'));
      told.deal(uuid(11), uuid(1), 'deal.payment-received', { paymentId: 'p', amount: eur(100) }, on('2026-01-04'));
    });
    const then = await askFigures(told, (deps) => answerKpi(deps, { knownAt: instantText(told[2]?.recordedAt ?? 0) }));
    expect(then.kpi.id).toBe('newCustomers');
    expect(codes(then)).toContain('BASIS_DIFFERS');
    const end = await askFigures(told, (deps) => answerKpi(deps, { knownAt: instantText(told[3]?.recordedAt ?? 0) }));
    expect(end.kpi.id).toBe('newPayingCustomers');
    expect(codes(end)).not.toContain('BASIS_DIFFERS');
  });
});

describe('Names and values that nothing has', () => {
  const told = ledger((told) => {
    for (const [n, channel] of ['email', 'paid_search', 'email'].entries())
      told.lead(uuid(n + 1), 'lead.created', { channel, dimensions: { sdr: `sdr ${n}` } }, on('2026-01-01'));
    told.deal(uuid(11), uuid(1), 'deal.opened', { product: 'GTX Pro' }, on('2026-01-02'));
    told.deal(uuid(11), uuid(1), 'deal.won', {}, on('2026-01-03'));
  });
  const warned = async (query: Record<string, string | string[]>): Promise<unknown> =>
    (await askFigures(told, (deps) => answerFigures(deps, { metrics: 'leads', ...query }))).warnings;

  it('warn of a filter value that never occurred, with what is near to it', async () => {
    expect(await warned({ channel: 'emial' })).toEqual([
      {
        code: 'UNKNOWN_FILTER_VALUE',
        detail: 'No channel is called "emial"; near to it: "email". Nothing matches this value.',
      },
    ]);
    expect(await warned({ channel: ['email', 'xyz'], product: 'gtx pro', sdr: 'sdr 9' })).toMatchObject([
      { detail: 'No channel is called "xyz". Nothing matches this value.' },
      { detail: expect.stringContaining('"GTX Pro"') as unknown },
      { detail: expect.stringContaining('"sdr 0", "sdr 1", "sdr 2"') as unknown },
    ]);
  });

  it('warn of none that occurred in another period, in other facts or later, nor of "no value"', async () => {
    expect(await warned({ channel: 'email', period: '2020' })).toEqual([]);
    expect(await warned({ product: 'GTX Pro', channel: '', segment: '' })).toEqual([]);
    const knownAt = instantText(told[0]?.recordedAt ?? 0);
    expect(await warned({ channel: 'paid_search', knownAt })).toEqual([]);
  });

  it('learn of values that came after the first question', async () => {
    await askFigures(told.slice(0, 1), async (deps) => {
      const ask = (channel: string) => answerFigures(deps, { metrics: 'leads', channel });
      expect((await ask('paid_search')).warnings).toHaveLength(1);
      await projectFigures(deps.readStore, told);
      const grown = { ...deps, eventStore: toldEventStore(told) };
      expect((await answerFigures(grown, { metrics: 'leads', channel: 'paid_search' })).warnings).toEqual([]);
      expect((await answerFigures(grown, { metrics: 'leads', channel: 'nobody' })).warnings).toHaveLength(1);
    });
  });

  it.each([
    [{ metrics: 'revenu' }, 'did you mean "revenue"?'],
    [{ by: 'chanel' }, 'did you mean "channel"?'],
    [{ by: 'sdrs' }, 'did you mean "sdr"?'],
    [{ chanel: 'email' }, 'did you mean "channel"?'],
    [{ perod: '2026' }, 'did you mean "period"?'],
  ])('%j is asked back', async (query, detail) => {
    await expect(warned(query)).rejects.toMatchObject({ detail: expect.stringContaining(detail) as unknown });
  });
});

describe('As CSV', () => {
  it('a ratio and a duration take several columns, money is the amount, no value an empty cell', async () => {
    const query = { metrics: 'won,netRevenue,profit,winRateOfClosed,timeToCloseDays', by: 'owner', grain: 'year' };
    const csv = figuresCsv(await askFigures(threeLeads, (deps) => answerFigures(deps, query)));
    expect(csv.split('\n').slice(0, 2)).toEqual([
      'period,owner,won,netRevenue,profit,winRateOfClosed.value,winRateOfClosed.numerator,winRateOfClosed.denominator,timeToCloseDays.count,timeToCloseDays.mean,timeToCloseDays.p50,timeToCloseDays.p90,timeToCloseDays.p95',
      '2026,,2,1.00,,1,2,2,2,29,-1,59,59',
    ]);
  });

  it('a funnel has a line per row and stage, the KPI a line per metric', async () => {
    const funnel = funnelCsv(
      await askFigures(threeLeads, (deps) => answerFunnel(deps, { stages: 'mql,won', by: 'channel' })),
    );
    expect(funnel.split('\n').slice(0, 3)).toEqual([
      'channel,stage,count,fromPrevious.value,fromPrevious.numerator,fromPrevious.denominator,fromFirst.value,fromFirst.numerator,fromFirst.denominator,matured,skipped,recorded',
      'ads,mql,3,,,,,,,,,true',
      `ads,won,1,${1 / 3},1,3,${1 / 3},1,3,,,true`,
    ]);
    expect(
      kpiCsv(await askFigures(threeLeads, (deps) => answerKpi(deps, {})))
        .split('\n')
        .slice(0, 2),
    ).toEqual(['id,value,previous', 'newPayingCustomers,1,']);
  });
});

describe('Every report known at a moment', () => {
  const metrics = [...METRICS.keys()].join(',');
  const reports: ((
    deps: FiguresDeps,
    more: Record<string, string>,
  ) => Promise<{ warnings: readonly { code: string }[] }>)[] = [
    (deps, more) => answerFigures(deps, { metrics, by: 'channel,owner', grain: 'week', ...more }),
    (deps, more) => answerFigures(deps, { metrics, by: 'segment', period: '2026-01', ...more }),
    (deps, more) => answerFunnel(deps, { by: 'channel', ...more }),
    (deps, more) => answerFunnel(deps, { mode: 'period', grain: 'day', stages: 'lead,sal,won', ...more }),
    (deps, more) => answerFunnel(deps, { horizonDays: '2', stages: 'mql,sql,opportunity,paying', ...more }),
    (deps, more) => answerKpi(deps, { period: '2026-W02', ...more }),
  ];
  const answers = async (deps: FiguresDeps, more: Record<string, string>): Promise<unknown[]> =>
    Promise.all(
      reports.map(async (report) => {
        const answer = await report(deps, more);
        // The only thing that is said of both moments.
        const warnings = answer.warnings.filter(({ code }) => code !== 'BASIS_DIFFERS');
        return { ...answer, warnings, asOf: null };
      }),
    );

  it.each([1, 4])(
    'equals that of a ledger that ends there (%i lanes)',
    async (lanes) => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(1, 700).chain((gap) => ledgers({ gap, maxSteps: 80 })),
          fc.nat(),
          async (events, pick) => {
            fc.pre(events.length > 0);
            const end = 1 + (pick % events.length);
            const knownAt = instantText(events[end - 1]?.recordedAt ?? 0);
            const then = await askFigures(events.slice(0, end), (deps) => answers(deps, {}), { lanes });
            expect(await askFigures(events, (deps) => answers(deps, { knownAt }), { lanes, batch: 9 })).toEqual(then);
          },
        ),
        { numRuns: 40, endOnFailure: true },
      );
    },
    120_000,
  );
});
