import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { malformed } from '#kernel/errors.js';
import type { FileMapping, LookupFile, Mapping, RecordKind } from '../../mapping/mapping.js';

/** One file to import, with the part of the mapping that reads it. */
export interface SourceFile {
  readonly path: string;
  readonly name: string;
  readonly mapping: FileMapping;
}

export interface SourceFiles {
  /** In the order of dependency: members, leads, touches, stages, deals, closes, payments, refunds. */
  readonly files: readonly SourceFile[];
  /** Paths of the lookup files by lookup name. */
  readonly lookups: ReadonlyMap<string, string>;
}

/**
 * Finds what the mapping asks for among the paths given: files, or folders that hold them. A pattern without a file is fine as long as one
 * has one (next week's export may be one file); a lookup that a found file uses must be there: beside it is enough.
 * Throws `IMPORT.FILE_UNREADABLE`, `IMPORT.NO_FILES`, `IMPORT.UNKNOWN_FILE`, `IMPORT.AMBIGUOUS_FILE`, `IMPORT.LOOKUP_MISSING`.
 */
export function findSourceFiles(mapping: Mapping, paths: readonly string[]): SourceFiles {
  const given = paths.map((path) => ({ path, folder: isFolder(path) }));
  const inFolders = given
    .filter(({ folder }) => folder)
    .flatMap(({ path }) =>
      readdirSync(path)
        .filter((name) => !REJECTS.test(name))
        .sort()
        .map((name) => join(path, name)),
    );
  const named = given.filter(({ folder }) => !folder).map(({ path }) => path);
  const candidates = [...named, ...inFolders];
  const lookups = findLookups(mapping, candidates, named);
  const files = mapping.files.flatMap((file) =>
    candidates
      .filter((path) => matches(file.file, path))
      .map((path) => ({ path, name: basename(path), mapping: file })),
  );
  const looked = new Set(lookups.values());
  for (const path of named) {
    if (!files.some((file) => file.path === path) && !looked.has(path)) {
      const known = mapping.files.map(({ file }) => file).join(', ');
      throw malformed('IMPORT.UNKNOWN_FILE', `${basename(path)} fits none of the mapping's files (${known})`);
    }
  }
  if (files.length === 0) {
    throw malformed(
      'IMPORT.NO_FILES',
      `found none of the files that the mapping reads: ${mapping.files.map(({ file }) => file).join(', ')}`,
    );
  }
  const missing = missingLookups(files, lookups);
  if (missing.length > 0) {
    throw malformed(
      'IMPORT.LOOKUP_MISSING',
      `the mapping also needs ${missing.map((name) => mapping.lookups?.[name]?.file ?? name).join(', ')}`,
    );
  }
  return { files: inDependencyOrder(files), lookups };
}

/** What an import could not take lies beside its files; it is none of them, whatever their pattern. */
export const rejectsName = (importId: string): string => `rejects-${importId}.csv`;
const REJECTS = /^rejects-[0-9a-f-]{36}\.csv$/;

const RANK: Readonly<Record<RecordKind, number>> = {
  member: 0,
  lead: 1,
  touch: 2,
  stage: 3,
  deal: 4,
  close: 5,
  payment: 6,
  refund: 7,
  spend: 8,
};

function inDependencyOrder(files: readonly SourceFile[]): SourceFile[] {
  const rank = (file: SourceFile): number => Math.min(...file.mapping.records.map(({ kind }) => RANK[kind]));
  return files
    .map((file, index) => ({ file, index }))
    .sort((a, b) => rank(a.file) - rank(b.file) || a.index - b.index)
    .map(({ file }) => file);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    throw malformed('IMPORT.FILE_UNREADABLE', `${path} does not exist`);
  }
}

function findLookups(
  mapping: Mapping,
  candidates: readonly string[],
  named: readonly string[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, lookup] of Object.entries(mapping.lookups ?? {})) {
    const paths = candidates.filter((path) => matches(lookup.file, path));
    const path = paths[0] ?? besideThem(lookup, named);
    if (paths.length > 1)
      throw malformed(
        'IMPORT.AMBIGUOUS_FILE',
        `several files fit the lookup ${lookup.file}: ${paths.map((one) => basename(one)).join(', ')}`,
      );
    if (path !== undefined) found.set(name, path);
  }
  return found;
}

function besideThem(lookup: LookupFile, named: readonly string[]): string | undefined {
  for (const path of named) {
    const folder = join(path, '..');
    const beside = readdirSync(folder)
      .sort()
      .find((name) => matches(lookup.file, name));
    if (beside !== undefined) return join(folder, beside);
  }
  return undefined;
}

/** Lookups that a found file uses and that were not found. */
function missingLookups(files: readonly SourceFile[], found: ReadonlyMap<string, string>): readonly string[] {
  const used = new Set<string>();
  JSON.stringify(
    files.map(({ mapping }) => mapping.records),
    (key, value: unknown) => {
      if (key === 'lookup' && typeof value === 'string') used.add(value);
      return value;
    },
  );
  return [...used].filter((name) => !found.has(name));
}

function matches(pattern: string, path: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'i').test(basename(path));
}
