import { creditGlossary } from '#attribution/report/credit-glossary.js';
import { answerGlossary, type GlossaryAnswer } from '#figures/report/glossary.js';
import type { Query } from '#platform/questions/query-parameters.js';

/** What stands beside the definitions of figures. */
export const CREDIT_DEFINITIONS = creditGlossary();

/** Every definition of this program. Throws 400 `QUERY.*`. */
export const wholeGlossary = (raw: Query): GlossaryAnswer => answerGlossary(raw, CREDIT_DEFINITIONS);
