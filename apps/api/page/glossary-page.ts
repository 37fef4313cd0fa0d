import type { GlossaryAnswer, ModelTerm } from '#figures/report/glossary.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { stageName } from './words.js';

/** What every figure means, for those who read it and for those who check it. */
export const glossaryPage = ({ metrics, stages, dimensions, models, credit, warnings }: GlossaryAnswer): string =>
  layout(
    'Glossary · Concord',
    html`<section class="glossary">
      <h1>Glossary</h1>
      <p class="sub">
        Every definition in use. A definition that changes gets a new version and never rewrites a figure. For programs:
        <a href="/glossary">JSON</a>, <a href="/glossary?format=csv">CSV</a>.
      </p>
      <h2 id="metrics">Metrics</h2>
      ${defined(metrics, '')}
      <h2 id="stages">Stages</h2>
      ${terms(stages.map(({ id, text }) => [stageName(id), id, text]))}
      <h2 id="dimensions">Dimensions</h2>
      ${terms(dimensions.map(({ id, text }) => ['', id, text]))}
      <h2 id="credit">Credit and journeys</h2>
      ${defined(credit, 'credit-')}
      <h2 id="models">Models of attribution</h2>
      ${defined(models, 'model-')}
      <h2 id="warnings">Warnings of reports on credit</h2>
      ${terms(warnings.map(({ id, text }) => ['', id, text]))}
    </section>`,
  );

/** `prefix` keeps apart what figures and credit both have, such as revenue. */
const defined = (entries: readonly ModelTerm[], prefix: string): Html =>
  html`<dl>
    ${entries.map(
      ({ id, version, name, text, formula }) =>
        html`<div id="${prefix}${id}">
          <dt>${name} <code>${id}</code>${version > 1 && html` <small>version ${version}</small>`}</dt>
          <dd>
            ${text}
            <p class="formula">= ${formula}</p>
          </dd>
        </div>`,
    )}
  </dl>`;

const terms = (entries: readonly (readonly [name: string, id: string, text: string])[]): Html =>
  html`<dl>
    ${entries.map(
      ([name, id, text]) =>
        html`<div>
          <dt>${name} <code>${id}</code></dt>
          <dd>${text}</dd>
        </div>`,
    )}
  </dl>`;
