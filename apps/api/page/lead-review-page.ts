import type { CodeCount, LeadReviewRow, LeadReviewsAnswer } from '#reviews/report/lead-reviews.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { countText, figureText, moneyWords, shareText } from './words.js';

/** The report of lead reviews for a meeting: plain tables that print. */
export function leadReviewPage(answer: LeadReviewsAnswer): string {
  const { period, timeZone, rows, total, by, currency } = answer;
  const days = period.from === null && period.to === null ? 'All time' : `${period.from ?? '…'} to ${period.to ?? '…'}`;
  return layout(
    'Lead review · Concord',
    html`<section class="review">
      <h1>Lead review</h1>
      <p class="sub">
        ${days}, days in ${timeZone}. What sales thinks of the leads that it received in these days, and of those that
        ended in them. Counts are passes.
      </p>
      ${content(total, currency)}
      ${rows
        .filter(() => by.length > 0)
        .map(
          (row) =>
            html`<h2>${by.map((name) => `${name} ${text(row[name])}`).join(', ')}</h2>
              ${content(row, currency)}`,
        )}
      ${answer.warnings.map(({ detail }) => html`<p class="sub">${detail}</p>`)}
    </section>`,
  );
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '(none)');

const content = (row: LeadReviewRow, currency: string): Html => {
  const { intake, outcome, effort } = row;
  return html`<table>
      <caption>
        Overview
      </caption>
      <tbody>
        ${lines([
          ['Received by sales', countText(row.received)],
          ['Reviewed at intake', shareText(intake.reviewed.value)],
          ['Mean quality, 1 to 5', intake.quality.mean === null ? '–' : intake.quality.mean.toFixed(2)],
          ['Judged 1 / 2 / 3 / 4 / 5', Object.values(intake.quality.grades).join(' / ')],
          [
            'Won / lost / recycled / disqualified',
            [outcome.won, outcome.lost, outcome.recycled, outcome.disqualified].join(' / '),
          ],
          ['Reviewed afterwards', shareText(outcome.reviewed.value)],
          ['Attempts before an exit', figureText(effort.attempts, currency)],
          ['Days from receipt to an exit', figureText(effort.days, currency)],
          ['Rejected without any attempt', countText(effort.rejectedWithoutAttempt)],
          ['Rejected, bought later', countText(effort.rejectedThenBought)],
        ])}
      </tbody>
    </table>
    ${listed('Needs', intake.needs)} ${listed('Challenges', intake.challenges)} ${listed('What helped', outcome.helped)}
    ${listed('What went wrong', outcome.wentWrong)}
    ${listed(
      'Given up because',
      row.exits.map(({ exit, reason, count }) => ({ code: `${exit ?? ''}: ${reason ?? ''}`, count })),
    )}
    ${listed(
      'Closed because',
      row.closeReasons.map((one) => ({ code: `${one.outcome ?? ''}: ${one.reason ?? ''}`, count: one.count })),
    )}
    ${
      row.byQuality.length > 0 &&
      html`<table>
        <caption>
          Quality at intake against the outcome
        </caption>
        <thead>
          <tr>
            <th>Quality</th>
            <th>Won</th>
            <th>Lost</th>
            <th>Win rate</th>
            <th>Revenue</th>
          </tr>
        </thead>
        <tbody>
          ${row.byQuality.map(
            ({ grade, won, lost, winRate, revenue }) =>
              html`<tr>
                <th>${grade}</th>
                <td>${won}</td>
                <td>${lost}</td>
                <td>${shareText(winRate.value)}</td>
                <td>${moneyWords(revenue, currency)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`
    }`;
};

const lines = (entries: readonly (readonly [name: string, value: string])[]): Html =>
  html`${entries.map(
    ([name, value]) =>
      html`<tr>
        <th>${name}</th>
        <td>${value}</td>
      </tr>`,
  )}`;

const listed = (title: string, codes: readonly CodeCount[]): Html | false =>
  codes.length > 0 &&
  html`<table>
    <caption>
      ${title}
    </caption>
    <tbody>
      ${lines(codes.map(({ code, count }) => [code ?? '(none)', countText(count)]))}
    </tbody>
  </table>`;
