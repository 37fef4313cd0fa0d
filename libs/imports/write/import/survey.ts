import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { calendar } from '#kernel/calendar.js';
import { malformed } from '#kernel/errors.js';
import { parseDay, type Instant } from '#kernel/time.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import { readCsv, type CsvRow } from '../../csv/read-csv.js';
import type { FileMapping, Mapping, RecordMapping } from '../../mapping/mapping.js';
import { dayReader, momentReader } from '../../mapping/moments.js';
import { CellError, columnsOf, rowValues, type Columns, type Lookups } from '../../mapping/row-values.js';
import { MemberList } from './member-list.js';
import { mergeLead } from './merge-lead.js';
import { readLookups } from './read-lookups.js';
import type { ReadingRules } from './read-cells.js';
import { readRow, type RowReading } from './read-row.js';
import type { SourceFile, SourceFiles } from './source-files.js';
import type { LeadStep, MemberNeed, Rejection, RowRef } from './step.js';

export interface SurveyedFile extends SourceFile {
  readonly header: readonly string[];
  readonly sha256: string;
  /** Without header and blank lines. */
  readonly rows: number;
}

/** All that must be known before the first row is written; holds no rows. */
export interface Survey {
  readonly mapping: Mapping;
  readonly rules: ReadingRules;
  readonly lookups: Lookups;
  readonly files: readonly SurveyedFile[];
  readonly rows: number;
  /** Who is named, each with the first moment that needs them, in the order to join. */
  readonly members: readonly MemberNeed[];
  /** The leads that are made of several rows (`once`), by the source's id. */
  readonly onceLeads: ReadonlyMap<string, LeadStep>;
  /** Business time of the first row; null when no row can be read. */
  readonly firstAt: Instant | null;
}

export type Progress = (done: { readonly rows: number; readonly bytes: number }) => void;

/**
 * Reads every file to its end once, so that a broken file is refused before anything is written. Rows that cannot be read are left for
 * `readRows` to reject. Throws `IMPORT.COLUMN_MISSING`, `IMPORT.COLUMN_TWICE` and what `readCsv` throws.
 */
export async function survey(
  mapping: Mapping,
  sources: SourceFiles,
  organisation: OrganisationConfiguredData,
): Promise<Survey> {
  const rules = rulesOf(mapping, organisation);
  const lookups = await readLookups(mapping, sources.lookups);
  const members = new MemberList();
  const onceLeads = new Map<string, LeadStep>();
  const files: SurveyedFile[] = [];
  let firstAt: Instant | null = null;
  for (const source of sources.files) {
    const sha = createHash('sha256');
    const { header, pages } = await readCsv(source.path, { ...source.mapping, onChunk: (chunk) => sha.update(chunk) });
    const read = rowReader({ header, source, rules, lookups }, 'survey');
    let rows = 0;
    for await (const page of pages) {
      rows += page.length;
      for (const row of page) {
        const reading = read(row);
        if ('column' in reading) continue;
        for (const member of reading.members) members.add(member);
        for (const step of reading.steps) {
          if (firstAt === null || step.occurredAt < firstAt) firstAt = step.occurredAt;
          if (step.kind === 'lead' && isOnce(source.mapping))
            onceLeads.set(step.lead, mergeLead(onceLeads.get(step.lead), step));
        }
      }
    }
    files.push({ ...source, header, sha256: sha.digest('hex'), rows });
  }
  return {
    mapping,
    rules,
    lookups,
    files,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    members: members.inOrder(firstAt),
    onceLeads,
    firstAt,
  };
}

export const isOnce = (file: FileMapping): boolean =>
  file.records.some((record) => record.kind === 'lead' && record.once === true);

function rulesOf(mapping: Mapping, organisation: OrganisationConfiguredData): ReadingRules {
  const own = calendar(organisation.timeZone, organisation.fiscalYearStart);
  const zone = mapping.zone === undefined ? null : calendar(mapping.zone, organisation.fiscalYearStart);
  const undatedDay = mapping.undatedOn === undefined ? null : parseDay(mapping.undatedOn);
  return {
    mapping,
    currency: mapping.currency ?? organisation.currency,
    reporting: organisation.currency,
    moment: momentReader({ organisation: own, zone, layout: mapping.dates }),
    day: dayReader(mapping.dates),
    undated: undatedDay === null ? null : own.startOfDay(undatedDay),
  };
}

/** What `rowReader` needs of a file. */
export interface ReadableFile {
  readonly header: readonly string[];
  readonly source: SourceFile;
  readonly rules: ReadingRules;
  readonly lookups: Lookups;
}

/**
 * Reads one row after the other of one file: what it says, or why it says nothing. In the survey's own pass a lead of several rows is read from
 * each of them; afterwards it comes whole from the survey, and the rows' own reading of it is left out.
 */
export function rowReader(file: ReadableFile, pass: 'survey' | 'import'): (row: CsvRow) => RowReading | Rejection {
  const { header, source, rules, lookups } = file;
  const columns = columnsOfHeader(header, source);
  const nulls = new Set(rules.mapping.nulls);
  const records = source.mapping.records.filter(
    (record) => pass === 'survey' || !(record.kind === 'lead' && record.once === true),
  );
  return ({ row, cells }) => {
    const ref: RowRef = { file: source.name, row, cells };
    if (cells.length !== header.length) {
      const reason = `the row has ${cells.length} cells, the header ${header.length}`;
      return {
        ref,
        column: '',
        code: cells.length > header.length ? 'IMPORT.TOO_MANY_CELLS' : 'IMPORT.TOO_FEW_CELLS',
        reason,
      };
    }
    try {
      return readRow(records, rowValues(columns, cells, lookups, nulls), ref, rules);
    } catch (error) {
      if (error instanceof CellError) return { ref, column: error.column, code: error.code, reason: error.detail };
      throw error;
    }
  };
}

function columnsOfHeader(header: readonly string[], source: SourceFile): Columns {
  const wanted = new Set(source.mapping.records.flatMap(columnsOfRecord));
  for (const column of wanted) {
    const count = header.filter((name) => name === column).length;
    if (count === 0) {
      throw malformed(
        'IMPORT.COLUMN_MISSING',
        `${basename(source.path)} has no column "${column}"; its columns are ${header.filter((name) => name !== '').join(', ')}`,
      );
    }
    if (count > 1)
      throw malformed('IMPORT.COLUMN_TWICE', `${basename(source.path)} has the column "${column}" ${count} times`);
  }
  return new Map(header.map((name, index) => [name, index]));
}

function columnsOfRecord(record: RecordMapping): readonly string[] {
  const { kind: _kind, when = [], fields = {}, ...rest } = record;
  const opens = 'opens' in rest ? Object.values(rest.opens?.fields ?? {}) : [];
  const ids = Object.entries(rest)
    .filter(([name]) => name !== 'opens' && name !== 'once')
    .map(([, value]) => value as RecordMapping['at']); // what is left are values
  return [...ids, ...Object.values(fields), ...opens, ...when.map(({ value }) => value)].flatMap(columnsOf);
}
