import type { GlossaryAnswer } from '#figures/report/glossary.js';
import { DomainError } from '#kernel/errors.js';
import { UsageError } from '../exit-code.js';
import type { ReportName } from '../program.js';
import type { Parameters, Questions } from './questions.js';

/** A server, and the key that it lets in with (`CONCORD_KEY`), where it asks for one. */
export interface ServerAddress {
  readonly address: string;
  readonly key: string | undefined;
}

/** Asks a running server over HTTP. */
export function serverQuestions(server: ServerAddress): Questions {
  const json = async <Answer>(path: string, parameters: Parameters = {}): Promise<Answer> =>
    (await (await fetched(server, path, parameters)).json()) as Answer; // the server answers with the same types
  return {
    report: (name, parameters) => json(PATHS[name], parameters),
    reportCsv: async (name, parameters) =>
      (await fetched(server, PATHS[name], { ...parameters, format: 'csv' })).text(),
    lead: (id, parameters) => json(`/leads/${encodeURIComponent(id)}`, parameters),
    timeline: (id, parameters) => json(`/leads/${encodeURIComponent(id)}/timeline`, parameters),
    imports: () => json('/imports'),
  };
}

const PATHS: Readonly<Record<ReportName, string>> = {
  figures: '/figures',
  kpi: '/kpi',
  funnel: '/funnel',
  changes: '/figures/changes',
  attribution: '/attribution',
  roi: '/roi',
  journeys: '/journeys',
};

async function fetched({ address, key }: ServerAddress, path: string, parameters: Parameters): Promise<Response> {
  if (!URL.canParse(address))
    throw new UsageError(`--url takes an address such as http://127.0.0.1:3000, not "${address}"`);
  const url = new URL(address.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(parameters))
    for (const one of typeof value === 'string' ? [value] : value) url.searchParams.append(name, one);
  let response: Response;
  try {
    response = await fetch(url, key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } });
  } catch {
    throw new DomainError('unavailable', 'CLI.SERVER_OUT_OF_REACH', `no server answers at ${address}`);
  }
  if (!response.ok) throw await problem(response);
  return response;
}

async function problem(response: Response): Promise<DomainError> {
  const body: unknown = await response.json().catch(() => null);
  const member = (name: string): string | null => {
    const value: unknown =
      typeof body === 'object' && body !== null ? new Map<string, unknown>(Object.entries(body)).get(name) : null;
    return typeof value === 'string' ? value : null;
  };
  return new DomainError(
    'refused',
    member('code') ?? `HTTP.${response.status}`,
    member('detail') ?? `the server answered ${response.status}`,
  );
}

/** The definitions that a server counts by. */
export const serverGlossary = async (server: ServerAddress): Promise<GlossaryAnswer> =>
  (await (await fetched(server, '/glossary', {})).json()) as GlossaryAnswer; // the server answers with the same type
