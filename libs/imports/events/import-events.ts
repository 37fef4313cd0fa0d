import type { DomainEvent } from '#kernel/envelope.js';

export interface ImportStartedData {
  readonly importId: string;
  /** Preset or mapping by name. */
  readonly mapping: string;
  readonly system: string;
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly rows: number }[];
  readonly asHistory: boolean;
}

export interface ImportFinishedData {
  readonly importId: string;
  readonly rows: number;
  readonly rejected: number;
  /** Rows that changed nothing. */
  readonly unchanged: number;
  /** Events appended, by type. */
  readonly events: Readonly<Record<string, number>>;
}

export type ImportEvent =
  DomainEvent<'import.started', ImportStartedData> | DomainEvent<'import.finished', ImportFinishedData>;

export const importStream = (importId: string): string => `import-${importId}`;
