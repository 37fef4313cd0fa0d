import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { concord, startServer, succeeds, temporaryFolder, type Server } from './support/process.js';

/** name · route · body (a string or bytes go as they are) · expected status · expected code · headers */
type Row = readonly [
  name: string,
  route: string,
  body: unknown,
  status: number,
  code: string | RegExp,
  headers?: Readonly<Record<string, string>>,
];

const NOBODY = '00000000-0000-5000-8000-000000000000';
const SALES = { 'x-actor-id': 'sam', 'x-actor-team': 'sales' };
const MARKETING = { 'x-actor-id': 'mia', 'x-actor-team': 'marketing' };
const eur = (amount: string): object => ({ amount, currency: 'EUR' });

/**
 * A body that is too large is answered before it has been read, and the connection closed: a client that is still writing may see that
 * before it sees the answer, as HTTP allows (RFC 9112, section 9.6). Then it asks again.
 */
async function answered<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
}

describe('Bad input', () => {
  const data = temporaryFolder();
  let server: Server;
  const ids = { lead: '', other: '', disqualified: '', deal: '', lost: '', payment: '' };

  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => ids[name as keyof typeof ids]);
  const head = async (least = '0'): Promise<string> =>
    (await server.get(`/figures?metrics=leads&minPosition=${least}`)).body.asOf.position as string;
  let last = '0';

  beforeAll(async () => {
    server = await startServer(data.path);
    const created = async (
      route: string,
      body: unknown,
      headers = SALES as Record<string, string>,
    ): Promise<string> => {
      const { status, body: answer } = await server.post(fill(route), JSON.parse(fill(JSON.stringify(body))), headers);
      if (status >= 300) throw new Error(`${route}: ${JSON.stringify(answer)}`);
      last = answer.position as string;
      return answer.id as string;
    };
    ids.lead = await created('/leads', {
      person: { email: 'ada@example.com' },
      channel: 'email',
      occurredAt: '2026-01-10T10:00:00Z',
    });
    await created('/leads/{lead}/qualify-mql', { definition: 'mql@1', occurredAt: '2026-01-11T10:00:00Z' }, MARKETING);
    ids.other = await created('/leads', { company: 'Acme', externalIds: [{ system: 'crm', id: '7' }] });
    ids.disqualified = await created('/leads', { company: 'Gone' });
    await created('/leads/{disqualified}/disqualify', { reason: 'invalid' });
    ids.deal = await created('/deals', { lead: ids.lead, value: eur('1000.00'), occurredAt: '2026-01-20T10:00:00Z' });
    ids.lost = await created('/deals', { lead: ids.other, value: eur('10.00') });
    await created('/deals/{lost}/close', { outcome: 'lost', reason: 'price' });
    ids.payment = '11111111-1111-5111-8111-111111111111';
    await created('/deals/{deal}/payments', { paymentId: '{payment}', amount: eur('100.00') });
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    data.remove();
  });

  const commands: readonly Row[] = [
    // What is not JSON, or not an object
    ['an empty body where something is due', '/leads/{lead}/reject', '', 400, /^REQUEST\./, SALES],
    ['broken JSON', '/leads', '{"company":', 400, 'REQUEST.BAD_JSON'],
    ['JSON with a trailing comma', '/leads', '{"company":"a",}', 400, 'REQUEST.BAD_JSON'],
    ['an array where an object is due', '/leads', [], 400, /^REQUEST\./],
    ['a bare number', '/leads', '42', 400, /^REQUEST\./],
    ['null', '/leads', 'null', 400, /^REQUEST\./],
    [
      'bytes that are not UTF-8',
      '/leads',
      new Uint8Array([0x7b, 0x22, 0x63, 0xff, 0xfe, 0x22, 0x7d]),
      400,
      /^REQUEST\./,
    ],
    [
      'another content type',
      '/leads',
      'company=a',
      415,
      /^REQUEST\./,
      { 'content-type': 'application/x-www-form-urlencoded' },
    ],
    ['a huge body', '/leads', JSON.stringify({ company: 'x'.repeat(1_200_000) }), 413, 'REQUEST.TOO_LARGE'],
    ['a prototype key', '/leads', '{"__proto__":{"a":1},"company":"x"}', 400, /^REQUEST\./],
    // Fields of a lead
    ['an unknown field', '/leads', { companyName: 'a' }, 400, 'REQUEST.INVALID'],
    ['an unknown field of the person', '/leads', { person: { mail: 'a@b.c' } }, 400, 'REQUEST.INVALID'],
    ['a company that is a number', '/leads', { company: 1 }, 400, 'REQUEST.INVALID'],
    ['a company that is an object', '/leads', { company: {} }, 400, 'REQUEST.INVALID'],
    ['a company beyond any name', '/leads', { company: 'x'.repeat(5000) }, 400, 'REQUEST.INVALID'],
    ['a person that is text', '/leads', { person: 'Ada' }, 400, 'REQUEST.INVALID'],
    ['an e-mail without @', '/leads', { person: { email: 'ada.example.com' } }, 400, 'REQUEST.INVALID'],
    ['an e-mail that is an array', '/leads', { person: { email: ['a@b.c'] } }, 400, 'REQUEST.INVALID'],
    ['external ids that are no list', '/leads', { externalIds: { system: 'a', id: 'b' } }, 400, 'REQUEST.INVALID'],
    ['an external id without system', '/leads', { externalIds: [{ id: 'b' }] }, 400, 'REQUEST.INVALID'],
    ['dimensions that are a list', '/leads', { dimensions: ['a'] }, 400, 'REQUEST.INVALID'],
    ['a dimension whose value is an object', '/leads', { dimensions: { tier: {} } }, 400, 'REQUEST.INVALID'],
    ['touches that are no list', '/leads', { touches: 'many' }, 400, 'REQUEST.INVALID'],
    [
      '501 touches at creation',
      '/leads',
      { touches: Array.from({ length: 501 }, () => ({ kind: 'email' })) },
      400,
      'REQUEST.INVALID',
    ],
    ['a touch of no kind', '/leads', { touches: [{ channel: 'email' }] }, 400, 'REQUEST.INVALID'],
    ['onDuplicate of another kind', '/leads', { onDuplicate: 'merge' }, 400, 'REQUEST.INVALID'],
    ['an identity that is taken', '/leads', { person: { email: ' ADA@example.com ' } }, 409, 'LEAD.DUPLICATE'],
    // Moments
    ['an impossible day', '/leads', { occurredAt: '2026-02-30T10:00:00Z' }, 400, 'REQUEST.INVALID'],
    ['an impossible hour', '/leads', { occurredAt: '2026-02-20T25:00:00Z' }, 400, 'REQUEST.INVALID'],
    ['a moment without offset', '/leads', { occurredAt: '2026-02-20T10:00:00' }, 400, 'REQUEST.INVALID'],
    ['a moment in words', '/leads', { occurredAt: 'yesterday' }, 400, 'REQUEST.INVALID'],
    ['a moment that is a number', '/leads', { occurredAt: 1767225600 }, 400, 'REQUEST.INVALID'],
    ['a moment in the future', '/leads', { occurredAt: '2999-01-01T00:00:00Z' }, 400, /^REQUEST\./],
    // Headers
    [
      'an idempotency key beyond 255 characters',
      '/leads',
      { company: 'a' },
      400,
      /^REQUEST\./,
      { 'idempotency-key': 'k'.repeat(256) },
    ],
    [
      'an If-Match that is no revision',
      '/leads/{lead}/assign',
      { owner: 'sam' },
      400,
      /^REQUEST\./,
      { 'if-match': 'latest' },
    ],
    [
      'a stale If-Match',
      '/leads/{lead}/assign',
      { owner: 'zoe' },
      412,
      'COMMAND.STALE_REVISION',
      { 'if-match': '"0"' },
    ],
    [
      'an If-Match of the future',
      '/leads/{lead}/assign',
      { owner: 'zoe' },
      412,
      'COMMAND.STALE_REVISION',
      { 'if-match': '"99"' },
    ],
    ['an unknown team', '/leads', { company: 'a' }, 400, /^REQUEST\./, { 'x-actor-team': 'legal' }],
    [
      'a correlation id with line breaks encoded',
      '/leads',
      { company: 'a' },
      400,
      /^REQUEST\./,
      { 'x-correlation-id': 'x'.repeat(300) },
    ],
    // Ids
    ['an unknown lead', `/leads/${NOBODY}/accept`, {}, 404, 'LEAD.NOT_FOUND', SALES],
    ['a lead id that is no UUID', '/leads/7/accept', {}, 400, /^REQUEST\./, SALES],
    ['an unknown deal', `/deals/${NOBODY}/advance`, { stage: 'demo' }, 404, 'DEAL.NOT_FOUND', SALES],
    ['a deal id that is no UUID', '/deals/x/advance', { stage: 'demo' }, 400, /^REQUEST\./, SALES],
    ['a deal of an unknown lead', '/deals', { lead: NOBODY }, 404, 'LEAD.NOT_FOUND', SALES],
    ['an unknown member', '/members/nobody/leave', {}, 404, 'MEMBER.NOT_FOUND'],
    [
      'an unknown touch',
      '/leads/{lead}/touches/00000000-0000-5000-8000-000000000000/annul',
      { reason: 'x' },
      404,
      /^(LEAD|TOUCH)\./,
      SALES,
    ],
    [
      'an unknown payment',
      '/deals/{deal}/payments/00000000-0000-5000-8000-000000000000/annul',
      { reason: 'x' },
      404,
      /^(DEAL|PAYMENT)\./,
      SALES,
    ],
    [
      'an unknown refund',
      '/deals/{deal}/payments/{payment}/refunds/00000000-0000-5000-8000-000000000000/annul',
      { reason: 'x' },
      404,
      /^(DEAL|PAYMENT|REFUND)\./,
      SALES,
    ],
    ['an unknown route', '/leads/{lead}/explode', {}, 404, 'ROUTE.NOT_FOUND'],
    // Transitions of a lead
    ['marketing that accepts', '/leads/{lead}/accept', {}, 403, 'LEAD.WRONG_TEAM', MARKETING],
    [
      'sales that qualifies an MQL',
      '/leads/{other}/qualify-mql',
      { definition: 'mql@1' },
      403,
      'LEAD.WRONG_TEAM',
      SALES,
    ],
    ['marketing that rejects', '/leads/{lead}/reject', { reason: 'no-need' }, 403, 'LEAD.WRONG_TEAM', MARKETING],
    ['a rejection without reason', '/leads/{lead}/reject', {}, 400, 'REQUEST.INVALID', SALES],
    [
      'a rejection for an unknown reason',
      '/leads/{lead}/reject',
      { reason: 'bad-hair' },
      400,
      'LEAD.UNKNOWN_REASON',
      SALES,
    ],
    ['"other" without a note', '/leads/{lead}/reject', { reason: 'other' }, 400, /^LEAD\./, SALES],
    [
      'a reason that is no code',
      '/leads/{lead}/reject',
      { reason: 'Not A Code!' },
      400,
      /^(REQUEST\.INVALID|LEAD\.UNKNOWN_REASON)$/,
      SALES,
    ],
    [
      'recycling until no day',
      '/leads/{lead}/recycle',
      { reason: 'bad-timing', until: '2026-13-01' },
      400,
      'REQUEST.INVALID',
      SALES,
    ],
    ['accepting a disqualified lead', '/leads/{disqualified}/accept', {}, 409, 'LEAD.TRANSITION_REFUSED', SALES],
    ['qualifying a disqualified lead', '/leads/{disqualified}/qualify-sql', {}, 409, 'LEAD.TRANSITION_REFUSED', SALES],
    [
      'rejecting a disqualified lead',
      '/leads/{disqualified}/reject',
      { reason: 'no-need' },
      409,
      'LEAD.TRANSITION_REFUSED',
      SALES,
    ],
    [
      'disqualifying for another reason',
      '/leads/{disqualified}/disqualify',
      { reason: 'competitor' },
      409,
      'LEAD.MEANS_SOMETHING_ELSE',
      SALES,
    ],
    ['a deal on a disqualified lead', '/deals', { lead: '{disqualified}' }, 409, 'LEAD.TRANSITION_REFUSED', SALES],
    ['reopening what is open', '/leads/{lead}/reopen', { mode: 'correction' }, 409, 'LEAD.TRANSITION_REFUSED', SALES],
    ['reopening in no mode', '/leads/{disqualified}/reopen', {}, 400, 'REQUEST.INVALID', SALES],
    ['reopening in an unknown mode', '/leads/{disqualified}/reopen', { mode: 'again' }, 400, 'REQUEST.INVALID', SALES],
    [
      'annulling a stage that is not there',
      '/leads/{other}/annul-stage',
      { reason: 'x' },
      409,
      'LEAD.TRANSITION_REFUSED',
      SALES,
    ],
    [
      'evidence that is text',
      '/leads/{other}/qualify-mql',
      { definition: 'mql@1', evidence: 'score' },
      400,
      'REQUEST.INVALID',
      MARKETING,
    ],
    ['a review of no phase', '/leads/{lead}/review', { quality: 3 }, 400, 'REQUEST.INVALID', SALES],
    ['a quality of 6', '/leads/{lead}/review', { phase: 'intake', quality: 6 }, 400, 'REQUEST.INVALID', SALES],
    ['a quality of 2.5', '/leads/{lead}/review', { phase: 'intake', quality: 2.5 }, 400, 'REQUEST.INVALID', SALES],
    ['changing nothing known', '/leads/{lead}/change-details', { stage: 'won' }, 400, 'REQUEST.INVALID'],
    [
      'a touch with an unknown outcome',
      '/leads/{lead}/touches',
      { kind: 'call', outcome: 'great' },
      400,
      'REQUEST.INVALID',
      SALES,
    ],
    [
      'a touch with an unknown direction',
      '/leads/{lead}/touches',
      { kind: 'call', direction: 'sideways' },
      400,
      'REQUEST.INVALID',
      SALES,
    ],
    ['many touches that are no list', '/touches', { lead: { id: NOBODY } }, 400, /^REQUEST\./],
    [
      '1,001 touches',
      '/touches',
      Array.from({ length: 1001 }, () => ({ lead: { email: 'a@b.example' }, kind: 'email' })),
      400,
      /^REQUEST\./,
    ],
    // Deals and money
    ['marketing that opens a deal', '/deals', { lead: '{lead}' }, 403, /^(DEAL|LEAD)\.WRONG_TEAM$/, MARKETING],
    ['a deal of an unknown kind', '/deals', { kind: 'upsell' }, 400, 'REQUEST.INVALID', SALES],
    ['a value that is a number', '/deals', { value: 1000 }, 400, 'REQUEST.INVALID', SALES],
    [
      'an amount that is a number',
      '/deals',
      { value: { amount: 1000, currency: 'EUR' } },
      400,
      'REQUEST.INVALID',
      SALES,
    ],
    [
      'an amount with three decimals',
      '/deals',
      { value: eur('10.005') },
      400,
      /^(REQUEST\.INVALID|MONEY\.TOO_MANY_DIGITS)$/,
      SALES,
    ],
    ['an amount in words', '/deals', { value: eur('ten') }, 400, /^(REQUEST\.INVALID|MONEY\.BAD_AMOUNT)$/, SALES],
    [
      'an amount with a comma',
      '/deals',
      { value: eur('1,000.00') },
      400,
      /^(REQUEST\.INVALID|MONEY\.BAD_AMOUNT)$/,
      SALES,
    ],
    ['an amount in exponents', '/deals', { value: eur('1e3') }, 400, /^(REQUEST\.INVALID|MONEY\.BAD_AMOUNT)$/, SALES],
    [
      'an amount beyond every purse',
      '/deals',
      { value: eur('99999999999999999.00') },
      400,
      /^(REQUEST\.INVALID|MONEY\.)/,
      SALES,
    ],
    [
      'an unknown currency',
      '/deals',
      { value: { amount: '10.00', currency: 'XQQ' } },
      400,
      /^(REQUEST\.INVALID|MONEY\.UNKNOWN_CURRENCY)$/,
      SALES,
    ],
    [
      'a currency in lower case',
      '/deals',
      { value: { amount: '10.00', currency: 'eur' } },
      400,
      /^(REQUEST\.INVALID|MONEY\.UNKNOWN_CURRENCY)$/,
      SALES,
    ],
    [
      'another currency without rate',
      '/deals',
      { value: { amount: '10.00', currency: 'USD' } },
      422,
      'MONEY.NO_RATE',
      SALES,
    ],
    [
      'a rate of 0',
      '/deals/{deal}/payments',
      {
        amount: { amount: '10.00', currency: 'USD' },
        rate: { to: 'EUR', value: '0', source: 'ecb', on: '2026-01-01' },
      },
      400,
      /^(REQUEST\.INVALID|MONEY\.)/,
      SALES,
    ],
    [
      'a rate in words',
      '/deals/{deal}/payments',
      {
        amount: { amount: '10.00', currency: 'USD' },
        rate: { to: 'EUR', value: 'high', source: 'ecb', on: '2026-01-01' },
      },
      400,
      /^(REQUEST\.INVALID|MONEY\.)/,
      SALES,
    ],
    [
      'a negative payment',
      '/deals/{deal}/payments',
      { amount: eur('-5.00') },
      400,
      /^(REQUEST\.INVALID|MONEY\.|DEAL\.|PAYMENT\.)/,
      SALES,
    ],
    [
      'a payment of 0',
      '/deals/{deal}/payments',
      { amount: eur('0.00') },
      400,
      /^(REQUEST\.INVALID|MONEY\.|DEAL\.|PAYMENT\.)/,
      SALES,
    ],
    ['a payment without amount', '/deals/{deal}/payments', { reference: 'x' }, 400, 'REQUEST.INVALID', SALES],
    [
      'the same payment id with another amount',
      '/deals/{deal}/payments',
      { paymentId: '{payment}', amount: eur('99.00') },
      409,
      /^(DEAL|PAYMENT)\./,
      SALES,
    ],
    [
      'a refund above the payment',
      '/deals/{deal}/payments/{payment}/refunds',
      { kind: 'refund', amount: eur('100.01') },
      409,
      /^(DEAL|PAYMENT|REFUND)\./,
      SALES,
    ],
    [
      'a refund in another currency',
      '/deals/{deal}/payments/{payment}/refunds',
      { kind: 'refund', amount: { amount: '1.00', currency: 'USD' } },
      400,
      /^(DEAL|PAYMENT|REFUND|MONEY)\./,
      SALES,
    ],
    [
      'a refund of an unknown kind',
      '/deals/{deal}/payments/{payment}/refunds',
      { kind: 'gift', amount: eur('1.00') },
      400,
      'REQUEST.INVALID',
      SALES,
    ],
    ['closing with no outcome', '/deals/{deal}/close', {}, 400, 'REQUEST.INVALID', SALES],
    ['closing with an unknown outcome', '/deals/{deal}/close', { outcome: 'maybe' }, 400, 'REQUEST.INVALID', SALES],
    ['losing without reason', '/deals/{deal}/close', { outcome: 'lost' }, 400, /^(REQUEST\.INVALID|DEAL\.)/, SALES],
    [
      'losing for an unknown reason',
      '/deals/{deal}/close',
      { outcome: 'lost', reason: 'rain' },
      400,
      'DEAL.UNKNOWN_REASON',
      SALES,
    ],
    ['winning what was lost', '/deals/{lost}/close', { outcome: 'won' }, 409, 'DEAL.MEANS_SOMETHING_ELSE', SALES],
    [
      'losing it for another reason',
      '/deals/{lost}/close',
      { outcome: 'lost', reason: 'timing' },
      409,
      'DEAL.MEANS_SOMETHING_ELSE',
      SALES,
    ],
    ['advancing a lost deal', '/deals/{lost}/advance', { stage: 'demo' }, 409, 'DEAL.TRANSITION_REFUSED', SALES],
    ['paying a lost deal', '/deals/{lost}/payments', { amount: eur('1.00') }, 409, 'DEAL.TRANSITION_REFUSED', SALES],
    ['annulling a deal that was paid', '/deals/{deal}/annul', { reason: 'x' }, 409, 'DEAL.HAS_PAYMENTS', SALES],
    ['reopening an open deal', '/deals/{deal}/reopen', { reason: 'x' }, 409, 'DEAL.TRANSITION_REFUSED', SALES],
    ['an expected close on no day', '/deals', { expectedCloseOn: '2026-02-31' }, 400, 'REQUEST.INVALID', SALES],
    // Members
    ['a member without handle', '/members', { team: 'sales', role: 'member' }, 400, 'REQUEST.INVALID'],
    ['a member of an unknown team', '/members', { handle: 'x', team: 'legal', role: 'member' }, 400, 'REQUEST.INVALID'],
    ['a member in an unknown role', '/members', { handle: 'x', team: 'sales', role: 'king' }, 400, 'REQUEST.INVALID'],
  ];

  for (const [name, route, body, status, code, headers] of commands)
    it(`${name} is refused`, async () => {
      const before = await head(last);
      const filled =
        typeof body === 'string' || body instanceof Uint8Array ? body : JSON.parse(fill(JSON.stringify(body)));
      const answer = await answered(() => server.post(fill(route), filled, headers));
      expect({ status: answer.status, body: answer.body }).toMatchObject({ status });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.body).toMatchObject({
        status,
        title: expect.any(String),
        detail: expect.any(String),
        correlationId: expect.any(String),
      });
      if (typeof code === 'string') expect(answer.body.code).toBe(code);
      else expect(answer.body.code).toMatch(code);
      expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|SQLITE|\.ts:|\.js:/);
      expect(await head()).toBe(before);
    });

  it('an idempotency key used with another body is refused', async () => {
    const headers = { 'idempotency-key': 'once', ...SALES };
    expect((await server.post('/leads', { company: 'One' }, headers)).status).toBe(201);
    const again = await server.post('/leads', { company: 'Two' }, headers);
    expect([again.status, again.body.code]).toEqual([422, 'COMMAND.ID_REUSED']);
  });

  const questions: readonly (readonly [route: string, status: number])[] = [
    ['/figures?metrics=leeds', 400],
    ['/figures', 400],
    ['/figures?metrics=leads&period=2026-13', 400],
    ['/figures?metrics=leads&period=2026-W60', 400],
    ['/figures?metrics=leads&from=2026-02-30', 400],
    ['/figures?metrics=leads&from=2026-03-01&to=2026-02-01', 400],
    ['/figures?metrics=leads&by=shoe', 400],
    ['/figures?metrics=leads&grain=hour', 400],
    ['/figures?metrics=leads&colour=red', 400],
    ['/figures?metrics=leads&format=xml', 400],
    ['/figures?metrics=leads&knownAt=soon', 400],
    ['/figures?metrics=leads&knownAt=2999-01-01T00:00:00Z', 400],
    ['/figures?metrics=leads&minPosition=x', 400],
    ['/figures?metrics=leads&minPosition=999999999', 503],
    ['/funnel?stages=lead,dream', 400],
    ['/figures/changes?metric=won', 400],
    ['/figures/changes?metric=wan&knownFrom=2026-01-01T00:00:00Z', 400],
    ['/figures/changes?metric=won&knownFrom=2999-01-01T00:00:00Z', 400],
    ['/funnel?mode=hope', 400],
    ['/funnel?horizonDays=-1', 400],
    ['/kpi?metrics=leads', 400],
    ['/leads?limit=0', 400],
    ['/leads?limit=501', 400],
    ['/leads?sort=-shoe', 400],
    ['/leads?cursor=abc', 400],
    ['/leads?shoe=7', 400],
    [`/leads/${NOBODY}`, 404],
    [`/leads/${NOBODY}/timeline`, 404],
    ['/leads/7', 400],
    [`/deals/${NOBODY}`, 404],
    ['/nothing', 404],
  ];

  it.each(questions)(
    'the question %s is answered with %i',
    async (route, status) => {
      const answer = await server.get(route);
      expect({ status: answer.status, body: answer.body }).toMatchObject({ status });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.body.code).toMatch(/^[A-Z_]+\.[A-Z_]+$/);
      if (status === 503) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    },
    20_000,
  );

  const MAPPING = {
    format: 1,
    name: 'test',
    system: 'test',
    zone: 'UTC',
    files: [
      {
        file: '*.csv',
        records: [{ kind: 'lead', id: 'id', at: 'created', fields: { channel: 'channel', 'person.email': 'email' } }],
      },
    ],
  };
  /** A mistake in a file and what the line about it must say. */
  const files: readonly (readonly [name: string, csv: string | Uint8Array, code: number, says: RegExp])[] = [
    ['a quote that never closes', 'id,created,channel,email\n1,2026-01-01,"web,a@b.example\n', 1, /row|line/i],
    ['a row with too many columns', 'id,created,channel,email\n1,2026-01-01,web,a@b.example,extra\n', 3, /row|line/i],
    ['an impossible date', 'id,created,channel,email\n1,2026-02-30,web,a@b.example\n', 3, /created/],
    ['a date in words', 'id,created,channel,email\n1,soon,web,a@b.example\n', 3, /created/],
    ['a row without id', 'id,created,channel,email\n,2026-01-01,web,a@b.example\n', 3, /id/],
    ['an e-mail that is none', 'id,created,channel,email\n1,2026-01-01,web,nobody\n', 3, /email/],
    ['a missing column', 'id,created,channel\n1,2026-01-01,web\n', 1, /email/],
    [
      'bytes that are not UTF-8',
      Buffer.from('id,created,channel,email\n1,2026-01-01,caf\xe9,a@b.example\n', 'latin1'),
      1,
      /UTF-8|encoding/i,
    ],
    ['an empty file', '', 1, /empty|header/i],
    ['a day in the future', 'id,created,channel,email\n1,2999-01-01,web,a@b.example\n', 3, /future/i],
  ];

  it.each(files)(
    'an import of %s is told by row and column, and nothing half-written',
    async (_name, csv, code, says) => {
      const folder = temporaryFolder();
      try {
        mkdirSync(path.join(folder.path, 'in'));
        writeFileSync(path.join(folder.path, 'in/leads.csv'), csv);
        writeFileSync(path.join(folder.path, 'map.json'), JSON.stringify(MAPPING));
        const rejects = path.join(folder.path, 'rejects.csv');
        const result = await concord([
          'import',
          '--data',
          path.join(folder.path, 'data'),
          '--mapping',
          path.join(folder.path, 'map.json'),
          path.join(folder.path, 'in/leads.csv'),
          '--rejects',
          rejects,
        ]);
        expect({ code: result.code, said: result.stderr + result.stdout }).toMatchObject({ code });
        expect(result.stderr).not.toMatch(/\n\s+at /);
        const { readFileSync, existsSync } = await import('node:fs');
        const told = result.stderr + (existsSync(rejects) ? readFileSync(rejects, 'utf8') : '');
        expect(told).toMatch(says);
        const figures = JSON.parse(
          await succeeds([
            'figures',
            '--data',
            path.join(folder.path, 'data'),
            '--metrics',
            'leads',
            '--format',
            'json',
          ]),
        ) as { total: { leads: number } };
        expect(figures.total.leads).toBe(0);
      } finally {
        folder.remove();
      }
    },
    30_000,
  );

  it('wrong usage of the command line ends with 2 and one line', async () => {
    for (const args of [
      ['fly'],
      ['import'],
      ['figures', '--metrics'],
      ['import', '--preset', 'nothing', 'x'],
      ['figures', '--data', data.path, '--metrics', 'leads', '--frobnicate'],
    ]) {
      const { code, stderr } = await concord(args);
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(stderr).not.toMatch(/\n\s+at /);
    }
  }, 60_000);
});
