import type { DatabaseSync } from 'node:sqlite';
import { randomId } from '../../kit/id.ts';
import { newerFormat } from '../store/problems.ts';
import { notAJournal } from './problems.ts';

const format = 1;
/** 'Hold' in ASCII: by it `file` and we tell a journal from other databases. */
const application = 0x486f6c64;

/** The facts of one kind in one environment are found without a walk: `facts_by_kind`; a release's: `facts_by_release`. */
const schema = `
  create table journal (id text not null) strict;
  create table facts (
    seq integer primary key,
    id text not null,
    at text not null,
    uncertainty real,
    actor text not null,
    system text not null,
    environment text not null,
    release text,
    kind text not null,
    payload_hash text not null,
    hash text not null,
    redacted text,
    salt text,
    payload text
  ) strict;
  create index facts_by_kind on facts (kind, environment, system);
  create index facts_by_release on facts (release) where release is not null;
  create table heads (
    seq integer primary key,
    hash text not null,
    at text not null,
    key text not null,
    signature text not null
  ) strict;
  create table leases (
    name text primary key,
    token integer not null,
    owner text,
    expires integer not null
  ) strict, without rowid;
`;

/**
 * Recognises the journal in a database and gives its id; an empty database becomes a new journal. Touches nothing
 * that is not ours: throws a Problem for another's database and for a newer format.
 */
export function journalIdOf(database: DatabaseSync, path: string): string {
  if (isEmpty(database)) create(database);
  if (numberOf(database, 'application_id') !== application) throw notAJournal(path);
  const found = numberOf(database, 'user_version');
  if (found > format) throw newerFormat(path, found, format);
  return database.prepare('select id from journal').get()?.id as string;
}

const isEmpty = (database: DatabaseSync): boolean =>
  numberOf(database, 'application_id') === 0 && database.prepare('select 1 from sqlite_schema').get() === undefined;

const numberOf = (database: DatabaseSync, pragma: string): number =>
  Number(database.prepare(`pragma ${pragma}`).get()?.[pragma]);

function create(database: DatabaseSync): void {
  database.exec('pragma journal_mode = wal; pragma synchronous = full; begin immediate');
  try {
    if (isEmpty(database)) fill(database);
    database.exec('commit');
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

function fill(database: DatabaseSync): void {
  database.exec(schema);
  database.prepare('insert into journal (id) values (?)').run(randomId());
  database.exec(`pragma application_id = ${application}; pragma user_version = ${format}`);
}
