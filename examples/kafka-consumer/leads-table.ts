import { DatabaseSync } from 'node:sqlite';
import { advance, type Place, type Progress } from './only-once.js';

/** A record of the topic: CloudEvents headers as text, and the event's content. */
export interface EventRecord {
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
}

export interface LeadsTable {
  /** Takes records of one partition, in order; those that lie there a second time are dropped. Gives how many were not. */
  take(partition: number, records: readonly EventRecord[]): number;
  /** How many leads of a channel stand in a stage. */
  rows(): readonly { readonly channel: string | null; readonly stage: string; readonly leads: number }[];
  close(): void;
}

/**
 * Leads by channel and stage, in a SQLite file. Progress is written in the same transaction as what was made of the events, so that a
 * crash can come between the two at no moment: whatever Kafka gives again is known.
 */
export function openLeadsTable(file: string): LeadsTable {
  const db = new DatabaseSync(file);
  db.exec(`
    CREATE TABLE IF NOT EXISTS progress (partition INTEGER PRIMARY KEY, progress TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS leads (lead TEXT PRIMARY KEY, channel TEXT);
    -- Every stage that a lead entered, by the revision of the event that says so.
    CREATE TABLE IF NOT EXISTS stages (lead TEXT, revision INTEGER, pass INTEGER, rank INTEGER, PRIMARY KEY (lead, revision));
  `);
  const progressOf = db.prepare('SELECT progress FROM progress WHERE partition = ?');
  const keepProgress = db.prepare('INSERT OR REPLACE INTO progress VALUES (?, ?)');
  const setChannel = db.prepare(
    'INSERT INTO leads VALUES (?, ?) ON CONFLICT (lead) DO UPDATE SET channel = excluded.channel',
  );
  const enter = db.prepare('INSERT OR REPLACE INTO stages VALUES (?, ?, ?, ?)');
  const takeBack = db.prepare('DELETE FROM stages WHERE lead = ? AND revision = ?');
  // The furthest stage of the last pass; an exit is further than any.
  const table = db.prepare(`
    SELECT leads.channel, max(stages.rank) AS rank FROM leads
    JOIN stages ON stages.lead = leads.lead
     AND stages.pass = (SELECT max(pass) FROM stages AS latest WHERE latest.lead = leads.lead)
    GROUP BY leads.lead`);

  function apply({ headers, value }: EventRecord): void {
    const lead = headers['ce_leadid'];
    const type = /^concord\.(lead\..+)\.v1$/.exec(headers['ce_type'] ?? '')?.[1];
    if (lead === undefined || type === undefined) return;
    const data = JSON.parse(value) as LeadData;
    const [revision, pass] = [Number(headers['ce_revision']), Number(headers['ce_pass'] ?? 1)];
    if (type === 'lead.created' || (type === 'lead.details-changed' && data.channel !== undefined))
      setChannel.run(lead, data.channel ?? null);
    if (data.annuls != null) takeBack.run(lead, data.annuls);
    const stage = type === 'lead.reopened' && data.mode === 'new-pass' ? 'lead' : STAGE_OF[type];
    if (stage !== undefined) enter.run(lead, revision, pass, STAGES.indexOf(stage));
  }

  return {
    take(partition, records) {
      const known = progressOf.get(partition)?.['progress'];
      let progress = known === undefined ? null : readProgress(String(known));
      let taken = 0;
      db.exec('BEGIN IMMEDIATE');
      try {
        for (const record of records) {
          const next = advance(progress, record.headers as unknown as Place); // every record of the topic has them
          if (next === null) continue;
          apply(record);
          progress = next;
          taken += 1;
        }
        if (progress !== null) keepProgress.run(partition, progressText(progress));
        db.exec('COMMIT');
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
      return taken;
    },
    rows() {
      const counts = new Map<string, { channel: string | null; stage: string; leads: number }>();
      for (const { channel, rank } of table.all()) {
        const row = { channel: channel === null ? null : String(channel), stage: STAGES[Number(rank)] ?? '' };
        const key = JSON.stringify(row);
        counts.set(key, { ...row, leads: (counts.get(key)?.leads ?? 0) + 1 });
      }
      return [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    },
    close: () => db.close(),
  };
}

/** In the order of the funnel. */
const STAGES = ['lead', 'mql', 'sal', 'sql', 'rejected', 'recycled', 'disqualified'];
const STAGE_OF: Readonly<Record<string, string>> = {
  'lead.created': 'lead',
  'lead.mql-qualified': 'mql',
  'lead.accepted': 'sal',
  'lead.sql-qualified': 'sql',
  'lead.rejected': 'rejected',
  'lead.recycled': 'recycled',
  'lead.disqualified': 'disqualified',
};

/** What is looked at, of the events' contents; docs/event-catalogue.md lists all of it. */
interface LeadData {
  readonly channel?: string | null;
  readonly annuls?: number | null;
  readonly mode?: 'correction' | 'new-pass';
}

const progressText = (progress: Progress): string =>
  JSON.stringify({ ...progress, position: String(progress.position) });

function readProgress(text: string): Progress {
  const stored = JSON.parse(text) as Omit<Progress, 'position'> & { readonly position: string }; // as progressText wrote it
  return { ...stored, position: BigInt(stored.position) };
}
