/** What is in a server, as it says itself. Read in one question. */
export interface Overview {
  readonly databases: readonly FoundDatabase[];
  readonly roles: readonly FoundRole[];
}

interface Found {
  /** The same for its whole life, and on every member of a cluster. */
  readonly oid: string;
  readonly name: string;
  readonly comment: string | null;
}

export interface FoundDatabase extends Found {
  readonly owner: string;
  readonly allowsConnections: boolean;
  /** -1 for no limit. */
  readonly connectionLimit: number;
  /** Bytes. */
  readonly size: number;
}

export interface FoundRole extends Found {
  readonly rights: readonly string[];
  /** -1 for no limit. */
  readonly connectionLimit: number;
  readonly verifier: string | null;
  readonly validUntil: string | null;
  readonly memberOf: readonly { readonly name: string; readonly admin: boolean }[];
  /** What its sessions begin with, `role=shop`; in one database alone where that is named. */
  readonly settings: readonly { readonly setting: string; readonly database: string | null }[];
}

export interface FoundExtension extends Found {
  readonly version: string;
  /** What the server's image brings along; null where it has it no more. */
  readonly newest: string | null;
}

/** PostgreSQL's own, and what makes a cluster work, are nobody's concern. */
const own = `(a.oid = 10 or a.rolname ~ '^(pg|holdfast)_')`;

export const overviewQuery = `
select json_build_object(
  'databases', (
    select coalesce(json_agg(json_build_object(
      'oid', d.oid::text, 'name', d.datname, 'comment', shobj_description(d.oid, 'pg_database'),
      'owner', pg_get_userbyid(d.datdba), 'allowsConnections', d.datallowconn,
      'connectionLimit', d.datconnlimit, 'size', pg_database_size(d.oid)) order by d.oid), '[]')
    from pg_database d where d.datname not in ('postgres', 'template0', 'template1')),
  'roles', (
    select coalesce(json_agg(json_build_object(
      'oid', a.oid::text, 'name', a.rolname, 'comment', shobj_description(a.oid, 'pg_authid'),
      'rights', array_remove(array[
        case when a.rolcanlogin then 'login' end, case when a.rolsuper then 'superuser' end,
        case when a.rolcreatedb then 'createdb' end, case when a.rolcreaterole then 'createrole' end,
        case when a.rolreplication then 'replication' end, case when a.rolbypassrls then 'bypassrls' end,
        case when not a.rolinherit then 'noinherit' end], null),
      'connectionLimit', a.rolconnlimit, 'verifier', a.rolpassword,
      'validUntil', case when a.rolvaliduntil <> 'infinity' then a.rolvaliduntil::text end,
      'memberOf', (
        select coalesce(json_agg(json_build_object('name', g.rolname, 'admin', m.admin_option) order by g.rolname), '[]')
        from pg_auth_members m join pg_authid g on g.oid = m.roleid where m.member = a.oid),
      'settings', (
        select coalesce(json_agg(json_build_object('setting', c, 'database', d.datname) order by c, d.datname), '[]')
        from pg_db_role_setting s left join pg_database d on d.oid = s.setdatabase, unnest(s.setconfig) c
        where s.setrole = a.oid)) order by a.oid), '[]')
    from pg_authid a where not ${own}));`;

/** Answered in one line. */
export const extensionsQuery = `
select coalesce(jsonb_agg(jsonb_build_object(
  'oid', e.oid::text, 'name', e.extname, 'comment', obj_description(e.oid, 'pg_extension'),
  'version', e.extversion, 'newest', a.default_version) order by e.oid), '[]')
from pg_extension e left join pg_available_extensions a on a.name = e.extname where e.extname <> 'plpgsql';`;
