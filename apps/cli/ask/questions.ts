import type { AttributionAnswer } from '#attribution/report/attribution.js';
import type { JourneysAnswer } from '#attribution/report/journeys.js';
import type { RoiAnswer } from '#attribution/report/roi.js';
import type { ChangesAnswer } from '#figures/report/answer-changes.js';
import type { FiguresAnswer } from '#figures/report/figures.js';
import type { FunnelAnswer } from '#figures/report/funnel.js';
import type { KpiAnswer } from '#figures/report/kpi.js';
import type { ImportItem } from '#imports/read/import-list/answer-imports.js';
import type { LeadAnswer } from '#leads/read/lead/answer-lead.js';
import type { TimelineAnswer } from '#leads/read/lead-timeline/answer-timeline.js';
import type { ListAnswer } from '#platform/questions/list.js';
import type { ReportName } from '../program.js';

/** A parameter given once or several times. */
export type Parameters = Readonly<Record<string, string | readonly string[]>>;

export interface ReportAnswers {
  readonly figures: FiguresAnswer;
  readonly kpi: KpiAnswer;
  readonly funnel: FunnelAnswer;
  readonly changes: ChangesAnswer;
  readonly attribution: AttributionAnswer;
  readonly roi: RoiAnswer;
  readonly journeys: JourneysAnswer;
}

/** What the command line can ask, of a folder or of a server; both answer the same. */
export interface Questions {
  report<Name extends ReportName>(name: Name, parameters: Parameters): Promise<ReportAnswers[Name]>;
  /** The same as CSV. */
  reportCsv(name: ReportName, parameters: Parameters): Promise<string>;
  lead(id: string, parameters: Parameters): Promise<LeadAnswer>;
  timeline(id: string, parameters: Parameters): Promise<TimelineAnswer>;
  imports(): Promise<ListAnswer<ImportItem>>;
}
