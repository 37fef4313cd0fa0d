import type { LeadAnswer } from '#leads/read/lead/answer-lead.js';
import type { TimelineAnswer, TimelineItem } from '#leads/read/lead-timeline/answer-timeline.js';
import { leadName } from './home-page.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { byWords, sentenceOf } from './sentence.js';
import { momentText, stageName } from './words.js';

/** One lead: how it stands, and who touched it, when, from which team, with what outcome, with the event behind each line. */
export function leadPage(lead: LeadAnswer, timeline: TimelineAnswer, timeZone: string): string {
  const name = leadName(lead);
  const known = lead.asOf.knownAt;
  const left = Math.max(0, timeline.items.length - SHOWN);
  return layout(
    `${name} · Concord`,
    html`<p class="back"><a href="/">Overview</a></p>
      <header class="lead">
        <h1>${name}</h1>
        <p>
          <span class="stage ${lead.stage}">${stageName(lead.stage)}</span
          >${lead.pass > 1 && html` <span class="pass">pass ${lead.pass}</span>`}${lead.owner !== null && html` in charge: ${lead.owner}${lead.team !== null && ` (${lead.team})`}`}
        </p>
      </header>
      ${known !== null && html`<p class="note">As the ledger knew it at <time datetime="${known}">${momentText(known, timeZone)}</time>. <a href="/page/leads/${lead.id}">Show it as known now</a>.</p>`}
      ${lead.warnings.map(({ detail }) => html`<p class="note">${detail}</p>`)}
      <dl class="facts">${factsOf(lead)}</dl>
      <section aria-labelledby="timeline">
        <h2 id="timeline">History</h2>
        <form class="asof" method="get" action="/page/leads/${lead.id}">
          <label
            >As known at
            <input name="knownAt" value="${known ?? ''}" placeholder="now" size="21" autocomplete="off" /></label
          ><button>Show</button>
        </form>
        ${left > 0 && html`<p class="sub">The latest ${SHOWN} of ${timeline.items.length} events.</p>`}
        <ol class="timeline">
          ${inOrder(timeline.items.slice(left)).map((item) => line(item, timeZone))}
        </ol>
      </section>`,
    html`<p>
      ${timeline.items.length} events up to position ${timeline.asOf.position} · the same as
      <a href="/leads/${lead.id}/timeline">JSON</a>
    </p>`,
  );
}

function factsOf(lead: LeadAnswer): Html[] {
  const facts: readonly (readonly [string, string | null])[] = [
    ['E-mail', lead.person?.email ?? null],
    ['Phone', lead.person?.phone ?? null],
    ['Company', lead.company],
    ['Channel', lead.channel],
    ['Source', lead.source],
    ['Campaign', lead.campaign],
    ['Segment', lead.segment],
    ['Country', lead.country],
    ['Product', lead.product],
    ...Object.entries(lead.dimensions),
    ...lead.externalIds.map(({ system, id }) => [system, id] as const),
    ['Deals', lead.deals.length === 0 ? null : String(lead.deals.length)],
    ['Touches', String(lead.touches)],
  ];
  return facts
    .filter(([, value]) => value !== null)
    .map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div>`,
    );
}

/** A page of thousands of lines helps nobody; the JSON has them all. */
const SHOWN = 500;

/** As it happened: what was recorded late stands where it belongs, and says when it was recorded. */
const inOrder = (items: readonly TimelineItem[]): readonly TimelineItem[] =>
  [...items].sort((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt));

/** A line recorded this much after it happened says so. */
const LATE_MS = 60_000;

function line(item: TimelineItem, timeZone: string): Html {
  const { what, facts: all, note, kind } = sentenceOf(item);
  const recorder = byWords(item.actor.id, item.actor.team);
  const facts = all.filter((fact) => fact !== recorder);
  const late = Date.parse(item.recordedAt) - Date.parse(item.occurredAt) > LATE_MS;
  return html`<li class="at-${kind}">
    <time datetime="${item.occurredAt}">${momentText(item.occurredAt, timeZone)}</time>
    <div>
      <p><strong>${what}</strong>${facts.map((fact) => html` <span class="fact">${fact}</span>`)}</p>
      ${note !== null && html`<blockquote>${note}</blockquote>`}
      <p class="who">
        ${item.actor.id} ·
        ${item.actor.team}${item.pass !== null && item.pass > 1 && ` · pass ${item.pass}`}${late && html` · recorded <time datetime="${item.recordedAt}">${momentText(item.recordedAt, timeZone)}</time>`}
      </p>
      <details>
        <summary>${item.type}</summary>
        <p class="event">
          event ${item.eventId} · position ${item.position}${item.deal !== null && ` · deal ${item.deal}`}
        </p>
        <pre>${JSON.stringify(item.data, null, 2)}</pre>
      </details>
    </div>
  </li>`;
}
