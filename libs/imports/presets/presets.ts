import type { Mapping } from '../mapping/mapping.js';
import { dbtAdSpend } from './dbt-ad-spend.js';
import { mavenCrm } from './maven-crm.js';
import { olist } from './olist.js';

/** Mappings that `concord import --preset` knows by name. */
export const PRESETS: ReadonlyMap<string, Mapping> = new Map(
  [olist, mavenCrm, dbtAdSpend].map((mapping) => [mapping.name, mapping]),
);
