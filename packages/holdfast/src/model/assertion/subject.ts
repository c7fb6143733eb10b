import { type Address, kindOf, nameIn } from '../address.ts';
import type { RequestSpec, SubjectOf, SubjectSpec, SubjectType } from '../spec/check-spec.ts';
import { isRef, isSecretValue, isText, type Value } from '../value.ts';

type Speller<T extends SubjectType> = (of: SubjectOf<T>) => string;

const spellers: { readonly [T in SubjectType]: Speller<T> } = {
  file: ({ path }) => path,
  directory: ({ path }) => `directory ${path}`,
  mount: ({ path }) => `what is at ${path}`,
  disk: ({ path }) => `the disk of ${path}`,
  user: ({ name }) => `user ${name}`,
  group: ({ name }) => `group ${name}`,
  command: ({ command }) => `\`${spellCommand(command)}\``,
  package: ({ name }) => `package ${name}`,
  image: () => 'the image',
  custom: ({ name, words }) => [name, ...words].join(' '),
  process: ({ name }) => `process ${name}`,
  environment: ({ name }) => `variable ${name}`,
  'kernel-parameter': ({ name }) => `kernel parameter ${name}`,
  memory: () => 'the memory',
  unit: ({ name }) => `unit ${name}`,
  cron: ({ user }) => `cron of ${user}`,
  log: () => 'the log',
  container: () => 'the container',
  port: ({ port, protocol }) => `${protocol === 'udp' ? 'UDP ' : ''}port ${port}`,
  interface: ({ name }) => `interface ${name}`,
  route: ({ to }) => (to === 'default' ? 'the default route' : `the route to ${to}`),
  firewall: ({ table, chain }) => `chain ${chain} of table ${table}`,
  http: ({ port, path, request }) => `${spellRequest(path, request)} on port ${port}`,
  url: ({ url, request }) => spellRequest(spellValue(url), request),
  tcp: ({ host, port }) => `TCP port ${port} of ${spellValue(host)}`,
  udp: ({ host, port, send }) =>
    `UDP port ${port} of ${spellValue(host)}${send === '' ? '' : `, sent ${JSON.stringify(send)},`}`,
  dns: ({ name, record, server }) =>
    `${record === 'A' ? '' : `${record} of `}${name}${server === undefined ? '' : `, asked of ${server},`}`,
  certificate: ({ host, port, name }) =>
    `the certificate of ${spellValue(host)}${port === 443 ? '' : `:${port}`}${name === undefined ? '' : ` for ${name}`}`,
  latency: ({ url }) => `the latency of ${spellValue(url)}`,
  postgres: ({ at }) => `PostgreSQL${at.port === 5432 ? '' : ` on port ${at.port}`}`,
  'postgres-query': ({ at, query }) => `\`${query}\` in database ${at.database}`,
  'postgres-role': ({ name }) => `role ${name}`,
  'postgres-extension': ({ at, name }) => `extension ${name} of database ${at.database}`,
  'postgres-setting': ({ name }) => `setting ${name}`,
  // The target itself.
  listening: () => 'it',
  processes: () => 'it',
  mounts: () => 'it',
};

/** A subject in words: `port 8080`. */
export const spellSubject = (of: SubjectSpec): string => (spellers[of.type] as (of: SubjectSpec) => string)(of);

/** A line for a shell as the line itself. */
function spellCommand(command: readonly string[]): string {
  const [shell, flag, line] = command;
  if (shell === 'sh' && flag === '-c' && line !== undefined && command.length === 3) return line;
  return command.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}

function spellRequest(of: string, { method, headers }: RequestSpec = { method: 'GET', headers: {} }): string {
  const all = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${method} ${of}${all.length > 0 ? ` with ${all.join(' and ')}` : ''}`;
}

/** What is known later by what it will be: `{url of door}/checkout`. */
export function spellValue(value: Value): string {
  if (isRef(value)) return `{${value.$ref.what} of ${spellAddress(value.$ref.of)}}${value.$ref.rest ?? ''}`;
  if (isText(value)) return value.$text.map(spellValue).join('');
  if (!isSecretValue(value)) return value;
  return value.part ? `{${value.part} of secret ${value.$secret}}` : `{secret ${value.$secret}}`;
}

const spellAddress = (of: Address): string => (kindOf(of) === 'service' ? nameIn(of) : of.replace('/', ' '));
