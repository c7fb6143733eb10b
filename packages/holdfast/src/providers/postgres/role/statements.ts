import type { Scope } from '../../../model/identity.ts';
import type { RoleDesire } from '../../../ports/desires.ts';
import type { Desired, Seen } from '../../../ports/provider.ts';
import type { Reveal } from '../../../ports/secrets.ts';
import { stamp } from '../birth.ts';
import { Verifier } from '../password/verifier.ts';
import { identifier, literal } from '../sql/quote.ts';
import { knownName, type RoleState, roleDifferences, wantedSettings } from './differences.ts';

/** Makes the role whole in one go, unless one has its name. */
export function creation(desired: Desired<RoleDesire>, scope: Scope, reveal: Reveal): string {
  const { spec } = desired;
  const name = nameOf(spec, reveal);
  const it = identifier(name);
  return `
select not exists (select from pg_roles where rolname = ${literal(name)}) as missing \\gset
\\if :missing
begin;
create role ${it} ${rights(spec)};
${password(it, spec, reveal)}
${spec.memberOf.map(group => `grant ${identifier(group)} to ${it};`).join('\n')}
${settings(it, spec)}
comment on role ${it} is ${literal(stamp(desired, scope))};
commit;
\\endif`;
}

/** Brings each aspect that differs in line, in one go; empty where none does. */
export function mending(desired: Desired<RoleDesire>, seen: Seen<RoleState>, scope: Scope, reveal: Reveal): string {
  const { spec } = desired;
  const { state } = seen;
  const aspects = new Set(roleDifferences(desired, seen, reveal).map(({ aspect }) => aspect));
  const it = identifier(nameOf(spec, reveal));
  const change = [
    aspects.has('name') ? `alter role ${identifier(seen.name)} rename to ${it};` : '',
    aspects.has('rights') || aspects.has('connections') ? `alter role ${it} ${rights(spec)};` : '',
    aspects.has('valid until') ? `alter role ${it} valid until 'infinity';` : '',
    aspects.has('password') ? password(it, spec, reveal) : '',
    ...(aspects.has('member of') ? membership(it, spec.memberOf, state.memberOf) : []),
    ...(aspects.has('settings') ? [...resets(it, state.settings), settings(it, spec)] : []),
    seen.birth?.uid === desired.uid ? '' : `comment on role ${it} is ${literal(stamp(desired, scope))};`,
  ].filter(Boolean);
  return change.length > 0 ? ['begin;', ...change, 'commit;'].join('\n') : '';
}

/** Of one that is to be made, the password is there. */
const nameOf = (spec: RoleDesire, reveal: Reveal): string => knownName(spec, reveal) ?? spec.name;

const rights = ({ login }: RoleDesire): string =>
  [
    login ? 'login' : 'nologin',
    'inherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls',
    `connection limit ${login?.connections ?? -1}`,
  ].join(' ');

const password = (it: string, { login }: RoleDesire, reveal: Reveal): string =>
  `alter role ${it} password ${login ? literal(Verifier.of(reveal(login.password.value)).reveal()) : 'null'};`;

function membership(it: string, wanted: readonly string[], found: RoleState['memberOf']): readonly string[] {
  const has = new Set(found.map(({ name }) => name));
  return [
    ...found.filter(({ name }) => !wanted.includes(name)).map(({ name }) => `revoke ${identifier(name)} from ${it};`),
    ...found
      .filter(({ name, admin }) => admin && wanted.includes(name))
      .map(({ name }) => `revoke admin option for ${identifier(name)} from ${it};`),
    ...wanted.filter(name => !has.has(name)).map(name => `grant ${identifier(name)} to ${it};`),
  ];
}

const resets = (it: string, found: RoleState['settings']): readonly string[] => [
  `alter role ${it} reset all;`,
  ...new Set(
    found.flatMap(({ database }) =>
      database === null ? [] : [`alter role ${it} in database ${identifier(database)} reset all;`],
    ),
  ),
];

const settings = (it: string, spec: RoleDesire): string =>
  wantedSettings(spec)
    .map(({ setting }) => `alter role ${it} set role = ${literal(setting.slice('role='.length))};`)
    .join('\n');
