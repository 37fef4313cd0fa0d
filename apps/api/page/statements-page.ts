import type { MoneyText } from '#kernel/money.js';
import type {
  DoneItem,
  LineItem,
  StatementItem,
  StatementsAnswer,
} from '#incentives/read/statements/answer-statements.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { momentText, moneyWords } from './words.js';

/** Statements to print and sign: one a person, plan and period. What nobody vouches for is said on each. */
export function statementsPage({ statements, timeZone, asOf, warnings }: StatementsAnswer): string {
  return layout(
    'Statements · Concord',
    html`<section class="review">
      <h1>Statements</h1>
      <p class="sub">
        ${statements.length === 0 ? 'There is nothing to state.' : `Days and times in ${timeZone}.`} As of position
        ${asOf.position}${asOf.knownAt === null ? '' : `, as it was known at ${momentText(asOf.knownAt, timeZone)}`}.
      </p>
      ${warnings.map(({ detail }) => html`<p class="note">${detail}</p>`)}
      ${statements.map((statement) => statementSection(statement, timeZone))}
    </section>`,
  );
}

const statementSection = (statement: StatementItem, timeZone: string): Html => {
  const { member, period, plan, planName, days, status, lines, opening, total, payable, closing } = statement;
  return html`<h2>${member}, ${period}</h2>
    <p class="sub">
      ${planName ?? plan} · ${days.from} to ${days.to} ·
      ${status}${statement.drafted?.isCurrent === false && status === 'drafted' && ' (the ledger says something else since)'}
    </p>
    ${
      statement.notAuthenticated.length > 0 &&
      html`<p class="note"><strong>Not authenticated:</strong> ${statement.notAuthenticated.join(', ')}.</p>`
    }
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>What</th>
            <th>When</th>
            <th>How it comes about</th>
            <th class="num">Amount</th>
          </tr>
        </thead>
        <tbody>
          ${Number(opening.amount) !== 0 && sumRow('Left below zero by the period before', opening)}
          ${lines.map((line) => lineRow(line, timeZone))}
        </tbody>
        <tfoot>
          ${sumRow('Total', total)} ${sumRow('To be paid', payable)}
          ${Number(closing.amount) !== 0 && sumRow('Goes on to the next period', closing)}
        </tfoot>
      </table>
    </div>
    <dl class="facts">
      ${done('Drafted', statement.drafted, timeZone)} ${done('Approved', statement.approved, timeZone)}
      ${done('Paid', statement.paid, timeZone, statement.paid === null ? '' : `on ${statement.paid.on}`)}
      ${statement.disputes.map(({ by, at, ruling }) =>
        done(
          'Disputed',
          { by, at, authenticated: true },
          timeZone,
          ruling === null ? 'open' : `ruled on by ${ruling.by}`,
        ),
      )}
    </dl>
    <p class="sub">Statement <code>${statement.hash}</code>, everything up to position ${statement.upTo} is in it.</p>`;
};

const lineRow = (line: LineItem, timeZone: string): Html =>
  html`<tr>
    <th>
      ${KINDS[line.kind]}${line.tier === null ? '' : ` ${line.tier}`}${
        line.lead !== null && html`<br /><a href="/page/leads/${line.lead}"><code>${line.lead.slice(0, 8)}</code></a>`
      }
    </th>
    <td>${momentText(line.at, timeZone)}</td>
    <td>
      ${line.steps.map(({ label, amount }) => html`${label} ${words(amount)}<br />`)}
      <details>
        <summary>${line.planVersion === null ? 'event' : `version ${line.planVersion} of the plan, events`}</summary>
        <p class="event">
          ${line.planHash !== null && html`plan ${line.planHash}<br />`}${[line.eventId, ...line.events].join(' ')}
        </p>
      </details>
    </td>
    <td class="num">${words(line.granted)}</td>
  </tr>`;

const KINDS: Readonly<Record<LineItem['kind'], string>> = {
  milestone: 'Milestone reached:',
  reversal: 'Taken back:',
  adjustment: 'Changed:',
  pool: 'Pool of both teams',
  ruling: 'Ruling',
  released: 'Released:',
  carried: 'Carried over:',
  'written-off': 'Debt written off',
};

const sumRow = (name: string, amount: MoneyText): Html =>
  html`<tr>
    <th colspan="3">${name}</th>
    <td class="num">${words(amount)}</td>
  </tr>`;

const done = (what: string, by: DoneItem | null, timeZone: string, more = ''): Html | false =>
  by !== null &&
  html`<div>
    <dt>${what}</dt>
    <dd>
      ${by.by},
      ${momentText(by.at, timeZone)}${more === '' ? '' : `, ${more}`}${!by.authenticated && ' (not authenticated)'}
    </dd>
  </div>`;

const words = ({ amount, currency }: MoneyText): string => moneyWords(amount, currency);
