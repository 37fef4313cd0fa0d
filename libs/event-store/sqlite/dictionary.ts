import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { TEAMS, type Actor, type Team } from '#kernel/envelope.js';

/** Names that events hold as small integers. A row, once committed, never changes, so a reader may keep what it has seen. */
export interface Names {
  type(id: number): string;
  actor(id: number): Actor;
}

/** Beyond this many the memory is emptied: actors are free text from outside. */
const REMEMBERED = 20_000;

export function readNames(db: DatabaseSync): Names {
  const typeById = db.prepare('SELECT name FROM types WHERE id = ?');
  const actorById = db.prepare('SELECT name, team FROM actors WHERE id = ?');
  const types: string[] = [];
  const actors = new Map<number, Actor>();
  return {
    type(id) {
      return (types[id] ??= String(typeById.get(id)?.['name']));
    },
    actor(id) {
      let actor = actors.get(id);
      if (actor === undefined) {
        const row = actorById.get(id);
        actor = Object.freeze({ id: String(row?.['name']), team: teamOf(String(row?.['team'])) });
        if (actors.size >= REMEMBERED) actors.clear();
        actors.set(id, actor);
      }
      return actor;
    },
  };
}

const teamOf = (text: string): Team => TEAMS.find((team) => team === text) ?? 'system';

/** The writer's side: finds or makes the integer. `forget` after a rollback, which may have taken rows back. */
export interface NameIds {
  type(name: string): number;
  actor(actor: Actor): number;
  forget(): void;
}

export function writeNames(db: DatabaseSync): NameIds {
  const typeId = db.prepare('SELECT id FROM types WHERE name = ?');
  const addType = db.prepare('INSERT INTO types (name) VALUES (?)');
  const actorId = db.prepare('SELECT id FROM actors WHERE name = ? AND team = ?');
  const addActor = db.prepare('INSERT INTO actors (name, team) VALUES (?, ?)');
  const types = new Map<string, number>();
  const actors = new Map<string, number>();
  return {
    type(name) {
      return remembered(types, name, () => findOrAdd(typeId, addType, name));
    },
    actor({ id, team }) {
      return remembered(actors, `${team} ${id}`, () => findOrAdd(actorId, addActor, id, team));
    },
    forget() {
      types.clear();
      actors.clear();
    },
  };
}

function remembered(ids: Map<string, number>, key: string, find: () => number): number {
  let id = ids.get(key);
  if (id === undefined) {
    id = find();
    if (ids.size >= REMEMBERED) ids.clear();
    ids.set(key, id);
  }
  return id;
}

function findOrAdd(find: StatementSync, add: StatementSync, ...key: string[]): number {
  const row = find.get(...key);
  return Number(row === undefined ? add.run(...key).lastInsertRowid : row['id']);
}
