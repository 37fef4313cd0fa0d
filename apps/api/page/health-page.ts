import type { HealthReport, ProjectionHealth } from '#platform/health/health.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { countText, momentText } from './words.js';

const STATUS: Readonly<Record<HealthReport['status'], string>> = {
  up: 'All is well',
  degraded: 'It answers, but something wants looking at',
  down: 'The ledger cannot be reached',
};

/** What `/health` says, for people. */
export const healthPage = ({ status, ledger, projections, warnings }: HealthReport, timeZone: string): string =>
  layout(
    'Health · Concord',
    html`<section>
        <h1>${STATUS[status]}</h1>
        <p class="sub">For programs: <a href="/health">JSON</a>, <a href="/metrics">metrics</a>.</p>
        ${warnings.map(({ code, detail }) => html`<p class="note" data-code="${code}">${sentence(detail)}</p>`)}
        <dl class="facts">
          <div>
            <dt>Last record</dt>
            <dd>
              ${ledger.recordedAt == null ? 'none yet' : momentText(ledger.recordedAt, timeZone)}
              ${ledger.position !== undefined && html`(position ${ledger.position})`}
            </dd>
          </div>
          <div>
            <dt>Ledger</dt>
            <dd><code>${ledger.ledgerId}</code></dd>
          </div>
        </dl>
      </section>
      ${projections.length > 0 && projectionSection(projections)}`,
  );

const projectionSection = (projections: readonly ProjectionHealth[]): Html =>
  html`<section aria-labelledby="views">
    <h2 id="views">Read models</h2>
    <p class="sub">
      What questions are answered from: made from the ledger, and made again by “concord projection rebuild”.
    </p>
    <div class="scroll" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" class="num">Generation</th>
            <th scope="col" class="num">Positions behind</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          ${projections.map(
            ({ processor, generation, lag, stalled }) =>
              html`<tr>
                <th scope="row">${processor}</th>
                <td class="num">${generation}</td>
                <td class="num">${countText(lag)}</td>
                <td>
                  ${stalled.length > 0 ? `stands still before position ${stalled.map(({ position }) => position).join(', ')}` : lag === 0 ? 'up to date' : 'catching up'}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
