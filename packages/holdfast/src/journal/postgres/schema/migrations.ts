/** The statements that bring a schema from one format to the next. */
export type Migration = (schema: string) => string;

/**
 * The row of `journal` is the head: who appends locks it, and so has his turn. What was written stays: triggers refuse
 * everything but taking a payload away. Who owns the tables can lift them; what he then changes, the chain shows.
 */
const first: Migration = schema => `
  create table ${schema}.journal (
    one boolean primary key default true check (one),
    id text not null,
    format integer not null,
    seq bigint not null default 0,
    hash text
  ) with (fillfactor = 10);
  create table ${schema}.facts (
    seq bigint primary key,
    id text not null unique,
    at text not null,
    uncertainty double precision,
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
  );
  create index facts_by_kind on ${schema}.facts (kind, environment, system, seq);
  create index facts_by_release on ${schema}.facts (release, seq) where release is not null;
  create table ${schema}.heads (
    seq bigint primary key,
    hash text not null,
    at text not null,
    key text not null,
    signature text not null
  );
  create table ${schema}.leases (
    name text primary key,
    token bigint not null,
    owner text,
    expires bigint not null,
    asked text
  );

  create function ${schema}.refuse() returns trigger language plpgsql as $$
    begin
      raise exception 'a journal is only ever appended to: % of % is refused', lower(tg_op), tg_table_name;
    end
  $$;
  create function ${schema}.is_redaction(old ${schema}.facts, new ${schema}.facts) returns boolean
    language sql immutable as $$
      select old.redacted is null and new.redacted is not null and new.payload is null and new.salt is null
        and (new.seq, new.id, new.at, new.actor, new.system, new.environment, new.kind, new.payload_hash, new.hash)
          = (old.seq, old.id, old.at, old.actor, old.system, old.environment, old.kind, old.payload_hash, old.hash)
        and new.release is not distinct from old.release
        and new.uncertainty is not distinct from old.uncertainty
    $$;
  create trigger appended before update on ${schema}.facts
    for each row when (not ${schema}.is_redaction(old, new)) execute function ${schema}.refuse();
  create trigger kept before delete or truncate on ${schema}.facts
    for each statement execute function ${schema}.refuse();
  create trigger kept before update or delete or truncate on ${schema}.heads
    for each statement execute function ${schema}.refuse();
  create trigger forward before update on ${schema}.journal
    for each row when (new.id <> old.id or new.seq < old.seq) execute function ${schema}.refuse();
  create trigger kept before delete or truncate on ${schema}.journal
    for each statement execute function ${schema}.refuse();
`;

/** From format 0, which is nothing, to 1, and so on. One that was published is never changed. */
export const migrations: readonly Migration[] = [first];
