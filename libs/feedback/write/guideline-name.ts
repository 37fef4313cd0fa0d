import { malformed } from '#kernel/errors.js';

/** The name of a guideline in a path; throws `GUIDELINE.BAD_NAME` (400). */
export function guidelineNameOf(text: string): string {
  if (/^[a-z0-9-]{1,64}$/.test(text)) return text;
  throw malformed('GUIDELINE.BAD_NAME', 'a guideline is named by 1 to 64 characters a-z, 0-9 and -');
}
