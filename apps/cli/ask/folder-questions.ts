import type { Ledger } from '#apps/composition/ledger.js';
import { answerAttribution } from '#attribution/report/attribution.js';
import { attributionCsv, journeysCsv, roiCsv } from '#attribution/report/credit-csv.js';
import { answerJourneys } from '#attribution/report/journeys.js';
import { answerRoi } from '#attribution/report/roi.js';
import { answerChanges } from '#figures/report/answer-changes.js';
import { changesCsv, figuresCsv, funnelCsv, kpiCsv } from '#figures/report/csv.js';
import { answerFigures } from '#figures/report/figures.js';
import { answerFunnel } from '#figures/report/funnel.js';
import { answerKpi } from '#figures/report/kpi.js';
import { answerImports } from '#imports/read/import-list/answer-imports.js';
import { isUuid, type Uuid } from '#kernel/ids.js';
import { answerLead } from '#leads/read/lead/answer-lead.js';
import { answerTimeline } from '#leads/read/lead-timeline/answer-timeline.js';
import { UsageError } from '../exit-code.js';
import type { Questions, ReportAnswers } from './questions.js';

/** Answers from the ledger of a folder, whether or not a server runs on it. */
export function folderQuestions({ eventStore, readStore, organisation }: Ledger): Questions {
  const side = { eventStore, readStore, organisation };
  const report: Questions['report'] = async (name, parameters) => {
    const answers = {
      figures: () => answerFigures(side, parameters),
      kpi: () => answerKpi(side, parameters),
      funnel: () => answerFunnel(side, parameters),
      changes: () => answerChanges(side, parameters),
      attribution: () => answerAttribution(side, parameters),
      roi: () => answerRoi(side, parameters),
      journeys: () => answerJourneys(side, parameters),
    };
    return (await answers[name]()) as ReportAnswers[typeof name]; // the answer of that name
  };
  return {
    report,
    async reportCsv(name, parameters) {
      switch (name) {
        case 'figures':
          return figuresCsv(await answerFigures(side, parameters));
        case 'kpi':
          return kpiCsv(await answerKpi(side, parameters));
        case 'funnel':
          return funnelCsv(await answerFunnel(side, parameters));
        case 'changes':
          return changesCsv(await answerChanges(side, parameters));
        case 'attribution':
          return attributionCsv(await answerAttribution(side, parameters));
        case 'roi':
          return roiCsv(await answerRoi(side, parameters));
        case 'journeys':
          return journeysCsv(await answerJourneys(side, parameters));
      }
    },
    lead: async (id, parameters) => answerLead(side, leadId(id), parameters),
    timeline: async (id, parameters) => answerTimeline(side, leadId(id), parameters),
    imports: () => answerImports(side, {}),
  };
}

function leadId(text: string): Uuid {
  const id = text.toLowerCase();
  if (!isUuid(id)) throw new UsageError(`"${text}" is not the id of a lead (a UUID)`);
  return id;
}
