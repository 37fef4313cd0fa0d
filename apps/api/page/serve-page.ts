import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerFunnel } from '#figures/report/funnel.js';
import { answerKpi } from '#figures/report/kpi.js';
import { ownPay } from '#incentives/read/own-pay.js';
import { answerStatements } from '#incentives/read/statements/answer-statements.js';
import type { KnownBook } from '#incentives/statements/known-book.js';
import { DomainError } from '#kernel/errors.js';
import { isUuid } from '#kernel/ids.js';
import { answerLead } from '#leads/read/lead/answer-lead.js';
import { answerLeads } from '#leads/read/lead-list/answer-leads.js';
import { answerTimeline } from '#leads/read/lead-timeline/answer-timeline.js';
import { healthOf } from '#platform/health/health.js';
import { problemOf } from '#platform/http/problem.js';
import { refuseUnknown, valueOf, type Query } from '#platform/questions/query-parameters.js';
import type { ReadSide } from '#platform/questions/read-side.js';
import { answerLeadReviews } from '#reviews/report/lead-reviews.js';
import { wholeGlossary } from '#apps/composition/glossary.js';
import type { Ledger } from '#apps/composition/ledger.js';
import { glossaryPage } from './glossary-page.js';
import { healthPage } from './health-page.js';
import { emptyPage, homePage } from './home-page.js';
import { html } from './html.js';
import { ICON, layout, STYLE_PATH } from './layout.js';
import { leadPage } from './lead-page.js';
import { leadReviewPage } from './lead-review-page.js';
import { statementsPage } from './statements-page.js';
import { STYLE } from './style.js';

const FOUND_AT_ONCE = '25';

/** The page for people: `/` and `/page/…`. Rendered here, nothing to build, nothing from elsewhere, no script. */
export function servePage(fastify: FastifyInstance, ledger: Ledger, known: KnownBook): void {
  fastify.get('/', (request, reply) =>
    send(request, reply, () => home(ledger, request.query as Query, `${request.protocol}://${request.host}`)),
  ); // Fastify's query is an object of texts
  fastify.get<{ Params: { readonly id: string } }>(
    '/page/leads/:id',
    (request, reply) =>
      send(request, reply, () => lead(ledger, request.params.id.toLowerCase(), request.query as Query)), // see above
  );
  fastify.get(
    '/page/lead-reviews',
    (request, reply) =>
      send(request, reply, async () => leadReviewPage(await answerLeadReviews(ledger, request.query as Query))), // see above
  );
  fastify.get('/page/bonuses/statements', (request, reply) =>
    send(request, reply, async () => {
      const query = ownPay(request.principal, request.query as Query); // see above
      return statementsPage(await answerStatements({ side: ledger, known }, query));
    }),
  );
  fastify.get(
    '/page/glossary',
    (request, reply) => send(request, reply, async () => glossaryPage(wholeGlossary(request.query as Query))), // see above
  );
  fastify.get('/page/health', (request, reply) =>
    send(request, reply, async () =>
      healthPage(await healthOf(ledger.eventStore, ledger.lag, ledger.config.auth), ledger.organisation.timeZone),
    ),
  );
  fastify.get(STYLE_PATH, (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=3600').send(STYLE),
  );
  fastify.get('/page/icon.svg', (_request, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'max-age=86400').send(ICON),
  );
  fastify.get('/favicon.ico', (_request, reply) => reply.redirect('/page/icon.svg', 301));
}

async function home(side: Ledger, query: Query, url: string): Promise<string> {
  refuseUnknown(query, ['q', 'period', 'knownAt']);
  const asked = { q: given(query, 'q'), period: given(query, 'period'), knownAt: given(query, 'knownAt') };
  if (asked.knownAt === '' && (await side.eventStore.firstRecordedAt()) === null) return emptyPage(url, side);
  const report = {
    ...(asked.period === '' ? {} : { period: asked.period }),
    ...(asked.knownAt === '' ? {} : { knownAt: asked.knownAt }),
  };
  const [kpi, funnel, channels, found] = await Promise.all([
    answerKpi(side, report),
    answerFunnel(side, report),
    answerFunnel(side, { ...report, by: 'channel' }),
    asked.q === '' ? null : answerLeads(side, { q: asked.q, limit: FOUND_AT_ONCE }),
  ]);
  return homePage({ kpi, funnel, channels, found, asked });
}

async function lead(side: ReadSide, id: string, query: Query): Promise<string> {
  if (!isUuid(id)) throw new DomainError('not-found', 'LEAD.NOT_FOUND', 'there is no such lead');
  const knownAt = given(query, 'knownAt');
  const asked = knownAt === '' ? {} : { knownAt };
  const [found, timeline] = await Promise.all([answerLead(side, id, asked), answerTimeline(side, id, asked)]);
  return leadPage(found, timeline, side.organisation.timeZone);
}

const given = (query: Query, name: string): string => valueOf(query, name)?.trim() ?? '';

/** A person gets a page where a program gets a problem; what nobody foresaw goes on to the filter, which logs it. */
async function send(request: FastifyRequest, reply: FastifyReply, page: () => Promise<string>): Promise<FastifyReply> {
  reply.type('text/html; charset=utf-8');
  try {
    return await reply.send(await page());
  } catch (error) {
    const { problem, headers, unexpected } = problemOf(error, request.id);
    if (unexpected) throw error;
    return reply
      .status(problem.status)
      .headers(headers)
      .send(
        layout(
          problem.title,
          html`<section class="empty">
            <h1>${problem.title}</h1>
            <p class="lede">${problem.detail}</p>
            <p><a href="/">Back to the overview</a></p>
          </section>`,
        ),
      );
  }
}
