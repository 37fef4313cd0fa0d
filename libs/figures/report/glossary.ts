import type { Query } from '#platform/questions/query-parameters.js';
import { DIMENSIONS } from '../history/dimensions.js';
import { FUNNEL_STAGES } from '../history/history.js';
import { EXIT } from '../contribution/response.js';
import { SOURCED_BY } from '../contribution/sourcing.js';
import { SPEND_KIND } from '../history/spend-fold.js';
import { METRICS } from './metrics.js';
import { parameterReader } from './parameters.js';

/** A model that shares credit. */
export interface ModelTerm {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly formula: string;
  readonly text: string;
}

/** What reports on credit tell of each model, or of each path; `reports` are the routes that do. */
export interface CreditTerm extends ModelTerm {
  readonly unit: string;
  readonly reports: readonly string[];
}

/** Definitions of whoever stands on figures; the app hands them in. */
export interface FurtherDefinitions {
  readonly models: readonly ModelTerm[];
  readonly credit: readonly CreditTerm[];
  readonly dimensions: readonly { readonly id: string; readonly text: string }[];
  readonly warnings: readonly { readonly id: string; readonly text: string }[];
}

/** Names `FurtherDefinitions` for whoever injects them. */
export const FURTHER_DEFINITIONS = Symbol('FURTHER_DEFINITIONS');

export interface GlossaryAnswer extends FurtherDefinitions {
  readonly metrics: readonly {
    readonly id: string;
    readonly version: number;
    readonly name: string;
    readonly unit: string;
    readonly formula: string;
    readonly text: string;
  }[];
  readonly stages: readonly { readonly id: string; readonly text: string }[];
}

/** What `GET /glossary` answers: every definition in use, with its version. Takes `format` only. */
export function answerGlossary(raw: Query, further: FurtherDefinitions): GlossaryAnswer {
  const reader = parameterReader(raw);
  const format = reader.one('format') ?? 'json';
  if (format !== 'json' && format !== 'csv')
    reader.wrong('format', 'QUERY.BAD_FORMAT', `format is json or csv, not "${format}"`);
  for (const name of Object.keys(raw)) {
    if (name !== 'format') reader.wrong(name, 'QUERY.UNKNOWN_PARAMETER', `the glossary takes no ${name}`);
  }
  reader.finish();
  return {
    metrics: [...METRICS.values()].map(({ id, version, name, unit, formulaText, text }) => ({
      id,
      version,
      name,
      unit,
      formula: formulaText,
      text,
    })),
    stages: FUNNEL_STAGES.map((id) => ({ id, text: STAGES[id] })),
    dimensions: [
      ...DIMENSIONS.map((id) => ({ id, text: TEXTS[id] })),
      {
        id: SOURCED_BY,
        text: 'Whose the deal is by the definition asked for: of sourcedWon and marketingSourced figures only.',
      },
      { id: EXIT, text: 'rejected, recycled or disqualified; of what was done before an exit only.' },
      { id: SPEND_KIND, text: 'media, agency, event, tool, people or bonus; of spend, impressions and clicks only.' },
      {
        id: '<name>',
        text: 'Any attribute that an import maps to dimension.<name>, from the moment of each change on.',
      },
      ...further.dimensions,
    ],
    models: further.models,
    credit: further.credit,
    warnings: further.warnings,
  };
}

const STAGES: Readonly<Record<(typeof FUNNEL_STAGES)[number], string>> = {
  lead: 'A pass that began as a lead: the creation, or a re-entry as a lead.',
  mql: 'Marketing-qualified: meets the definition that both teams agreed on.',
  sal: 'Sales-accepted: sales looked at it and agreed to work it.',
  sql: 'Sales-qualified: sales found a real need.',
  opportunity: 'The first deal of kind new that the pass opened.',
  won: 'The first win of such a deal.',
  paying: 'The first payment above 0 on such a deal.',
};

const ORIGIN = 'As the lead came in: given at its creation (or corrected later), else of its first touch that stands.';
const TEXTS: Readonly<Record<(typeof DIMENSIONS)[number], string>> = {
  channel: ORIGIN,
  campaign: ORIGIN,
  content: ORIGIN,
  source: ORIGIN,
  owner: 'Who was in charge when it happened; of a deal the deal, else its lead.',
  team: 'The team in charge when it happened.',
  segment: 'As it was when it happened; of a deal the deal, else its lead.',
  country: 'As it was when it happened; of a deal the deal, else its lead.',
  product: 'As it was when it happened; of a deal the deal, else its lead.',
  stage: "The deal's stage in the pipeline when it happened.",
  dealKind: 'new, expansion or renewal; of deals and payments only.',
};
