import type { FunnelAnswer, FunnelStageAnswer } from '#figures/report/funnel.js';
import type { KpiAnswer, KpiValue } from '#figures/report/kpi.js';
import { METRICS } from '#figures/report/metrics.js';
import type { LeadItem } from '#leads/read/lead/answer-lead.js';
import type { ListAnswer } from '#platform/questions/list.js';
import { commandFor } from '#apps/composition/command-for.js';
import type { Ledger } from '#apps/composition/ledger.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { countText, figureText, machineText, momentText, shareText, stageName } from './words.js';

export interface HomeContent {
  readonly kpi: KpiAnswer;
  readonly funnel: FunnelAnswer;
  readonly channels: FunnelAnswer;
  /** null: nothing was searched for. */
  readonly found: ListAnswer<LeadItem> | null;
  readonly asked: { readonly q: string; readonly period: string; readonly knownAt: string };
}

/** What both teams look at: their one figure, the way to it, and a way to every single lead. */
export function homePage(content: HomeContent): string {
  const { kpi, funnel, channels, found, asked } = content;
  return layout(
    'Concord',
    html`${asOfForm(content)} ${kpiSection(kpi)} ${funnelSection(funnel)} ${channelSection(channels)}
    ${searchSection(found, asked, kpi.timeZone)}`,
    html`<p>
      As of position
      ${kpi.asOf.position}${kpi.asOf.recordedAt === null ? '' : html`, recorded <time datetime="${kpi.asOf.recordedAt}">${momentText(kpi.asOf.recordedAt, kpi.timeZone)}</time>`}
      · ${kpi.timeZone} · ${kpi.currency}
    </p>`,
  );
}

/** Nothing is recorded yet: what to type. */
export const emptyPage = (
  url: string,
  { config: { dataFolder }, organisation }: Pick<Ledger, 'config' | 'organisation'>,
): string =>
  layout(
    'Concord',
    html`<section class="empty">
      <h1>An empty ledger</h1>
      <p class="lede">
        Concord is running, and nothing has been recorded yet. Fill it with data that looks real, or with your own:
      </p>
      <pre><code>${commandFor('demo --leads 1000', dataFolder)}</code></pre>
      <pre><code>${commandFor('import --mapping map.json leads.csv', dataFolder)}</code></pre>
      <p>Or create a first lead over HTTP:</p>
      <pre><code>curl -X POST ${url}/leads \\
  -H 'Content-Type: application/json' \\
  -d '{"company": "Analytical Engines Ltd", "channel": "paid_search"}'</code></pre>
      <p>
        Then load this page again. Every route, with an example, is described under <a href="/docs">HTTP interface</a>.
      </p>
    </section>`,
    html`<p>${organisation.timeZone} · ${organisation.currency}</p>`,
  );

const asOfForm = ({ asked }: HomeContent): Html =>
  html`<form class="asof" method="get" action="/">
    <label
      >Period
      <input
        name="period"
        value="${asked.period}"
        placeholder="all time"
        size="10"
        autocomplete="off"
        aria-describedby="period-help"
    /></label>
    <label
      >As known at
      <input
        name="knownAt"
        value="${asked.knownAt}"
        placeholder="now"
        size="21"
        autocomplete="off"
        aria-describedby="known-help"
    /></label>
    ${asked.q !== '' && html`<input type="hidden" name="q" value="${asked.q}" />`}
    <button>Show</button>
    <span class="help"
      ><span id="period-help">2026, 2026-Q1, 2026-03 or FY2026</span> ·
      <span id="known-help">2026-03-01T09:30:00Z: the same figures as everyone knew them then</span></span
    >
  </form>`;

function kpiSection(kpi: KpiAnswer): Html {
  const metric = METRICS.get(kpi.kpi.id);
  return html`<section class="kpi" aria-labelledby="kpi">
    <div>
      <h1 id="kpi">${metric?.name ?? kpi.kpi.id}</h1>
      <p class="number">${figureText(kpi.kpi.value, kpi.currency)}</p>
      <p class="owned">
        Owned by marketing and sales together,
        ${periodWords(kpi)}.${kpi.previousPeriod !== null && html` The period before: ${figureText(kpi.kpi.previous, kpi.currency)}.`}
      </p>
      ${kpi.basis !== null && html`<p class="note">${kpi.basis.reason} ${kpi.basis.howTo}</p>`}
      ${kpi.warnings.filter(({ code }) => !code.endsWith(SHOWN_IN_TILES)).map(({ code, detail }) => html`<p class="note" data-code="${code}">${detail}</p>`)}
    </div>
    <dl class="companions">${kpi.companions.map((companion) => companionTile(companion, kpi))}</dl>
  </section>`;
}

/** Codes of warnings that the tiles say themselves. */
const SHOWN_IN_TILES = '_NOT_RECORDED';

const companionTile = ({ id, value, previous, recorded }: KpiValue, kpi: KpiAnswer): Html =>
  recorded === false
    ? html`<div>
        <dt>${METRICS.get(id)?.name ?? id}</dt>
        <dd class="unrecorded">not recorded</dd>
      </div>`
    : html`<div>
        <dt>${METRICS.get(id)?.name ?? id}</dt>
        <dd>
          ${figureText(value, kpi.currency)}${kpi.previousPeriod !== null && html`<small>before: ${figureText(previous, kpi.currency)}</small>`}
        </dd>
      </div>`;

function periodWords({ period }: KpiAnswer): string {
  return period.from === null && period.to === null ? 'over all time' : `${period.from ?? '…'} to ${period.to ?? '…'}`;
}

function funnelSection(funnel: FunnelAnswer): Html {
  const stages = funnel.total.stages;
  const most = Math.max(1, ...stages.map(({ count }) => count));
  return html`<section aria-labelledby="funnel">
    <h2 id="funnel">Funnel</h2>
    <p class="sub">
      Of the passes that began with a new lead, how many ever got how far; who came past a stage is not part of its
      percentage. A lead that comes back begins another pass, so the figures above, which count every pass and deal, can
      be higher. Stages that nobody records are left out of the percentages.
    </p>
    <div class="scroll" tabindex="0">
      <table class="funnel">
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col" class="wide"><span class="hidden">Share</span></th>
            <th scope="col" class="num">Passes</th>
            <th scope="col" class="num">of the stage before</th>
            <th scope="col" class="num">of the first</th>
            <th scope="col" class="num">came past it</th>
          </tr>
        </thead>
        <tbody>
          ${stages.map((stage) => funnelRow(stage, most))}
        </tbody>
      </table>
    </div>
  </section>`;
}

const funnelRow = (
  stage: FunnelStageAnswer,
  most: number,
): Html => html`<tr${stage.recorded === false && html` class="unrecorded"`}>
<th scope="row">${stageName(stage.stage)}</th>
<td class="wide">${bar(stage.count / most)}</td>
<td class="num">${stage.recorded === false ? 'not recorded' : countText(stage.count)}</td>
<td class="num">${stage.fromPrevious == null ? '' : shareText(stage.fromPrevious.value)}</td>
<td class="num">${stage.fromFirst == null ? '' : shareText(stage.fromFirst.value)}</td>
<td class="num">${stage.skipped === undefined || stage.recorded === false ? '' : countText(stage.skipped)}</td>
</tr>`;

/** Drawn with attributes: the content security policy allows no inline style. */
const bar = (share: number): Html =>
  html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="rail" width="100" height="10" />
    <rect width="${(share * 100).toFixed(2)}" height="10" />
  </svg>`;

const CHANNELS_SHOWN = 15;

function channelSection(channels: FunnelAnswer): Html {
  const rows = channels.rows
    .map(({ channel, stages }) => ({ channel: typeof channel === 'string' ? channel : null, stages }))
    .sort((a, b) => (b.stages[0]?.count ?? 0) - (a.stages[0]?.count ?? 0));
  const shown = rows.slice(0, CHANNELS_SHOWN);
  const columns = channels.total.stages.filter(({ recorded }) => recorded !== false);
  const cells = (stages: readonly FunnelStageAnswer[]): Html[] =>
    columns.map(
      ({ stage }) => html`<td class="num">${countText(stages.find((one) => one.stage === stage)?.count ?? 0)}</td>`,
    );
  const rate = (stages: readonly FunnelStageAnswer[]): string =>
    shareText(stages.find(({ stage }) => stage === 'won')?.fromFirst?.value ?? null);
  return html`<section aria-labelledby="channels">
    <h2 id="channels">By channel</h2>
    <div class="scroll" role="region" aria-labelledby="channels" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Channel</th>
            ${columns.map(({ stage }) => html`<th scope="col" class="num">${stageName(stage)}</th>`)}
            <th scope="col" class="num">Lead to won</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            ({ channel, stages }) =>
              html`<tr>
                <th scope="row">${channel ?? html`<em>no channel</em>`}</th>
                ${cells(stages)}
                <td class="num">${rate(stages)}</td>
              </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            ${cells(channels.total.stages)}
            <td class="num">${rate(channels.total.stages)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
    ${rows.length > CHANNELS_SHOWN && html`<p class="sub">The ${CHANNELS_SHOWN} largest of ${rows.length}; all of them: <a href="/funnel?by=channel&amp;format=csv">CSV</a>.</p>`}
  </section>`;
}

function searchSection(found: ListAnswer<LeadItem> | null, asked: HomeContent['asked'], timeZone: string): Html {
  return html`<section aria-labelledby="search">
    <h2 id="search">Every lead has a history</h2>
    <form class="search" role="search" method="get" action="/">
      <label for="q">Name, company, e-mail, phone or external id</label>
      <div><input id="q" type="search" name="q" value="${asked.q}" autocomplete="off" /><button>Find</button></div>
    </form>
    ${found !== null && results(found, asked.q, timeZone)}
  </section>`;
}

function results(found: ListAnswer<LeadItem>, q: string, timeZone: string): Html {
  if (found.items.length === 0) return html`<p role="status">No lead matches “${q}”.</p>`;
  return html`<p role="status" class="sub">
      ${found.next === null ? `${found.items.length} found` : `The latest ${found.items.length}; type more to narrow it down`}
    </p>
    <div class="scroll" role="region" aria-label="Leads found" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Lead</th>
            <th scope="col">Stage</th>
            <th scope="col">Channel</th>
            <th scope="col">Owner</th>
            <th scope="col" class="num">Touches</th>
            <th scope="col">Created</th>
          </tr>
        </thead>
        <tbody>
          ${found.items.map(
            (lead) =>
              html`<tr>
                <th scope="row"><a href="/page/leads/${lead.id}">${leadName(lead)}</a></th>
                <td><span class="stage ${lead.stage}">${stageName(lead.stage)}</span></td>
                <td>${lead.channel ?? ''}</td>
                <td>${lead.owner ?? ''}</td>
                <td class="num">${lead.touches}</td>
                <td><time datetime="${machineText(lead.createdAt)}">${momentText(lead.createdAt, timeZone)}</time></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** The name that people know a lead by. */
export function leadName(lead: Pick<LeadItem, 'id' | 'person' | 'company' | 'externalIds'>): string {
  const person = [lead.person?.firstName, lead.person?.lastName]
    .filter((name) => name !== null && name !== undefined && name !== '')
    .join(' ');
  const [external] = lead.externalIds;
  return (
    [person, lead.company ?? ''].filter((name) => name !== '').join(', ') ||
    (lead.person?.email ?? (external === undefined ? lead.id : `${external.system} ${external.id}`))
  );
}
