import { toDuration } from '../../../kit/duration.ts';
import { spellEvery } from '../../../kit/every.ts';
import { plural } from '../../../kit/layout.ts';
import { nameIn } from '../../../model/address.ts';
import { addressOf, type Known, type KnownKind, type Resource } from '../../../model/resource.ts';
import type { ClusterBackups } from '../../../model/spec/cluster-spec.ts';
import type { ProbeSpec, ServiceSpec } from '../../../model/spec/service-spec.ts';
import type { SecretSpec } from '../../../model/spec/small-specs.ts';
import { apart, type Inline, type Line, listed } from '../page/inline.ts';
import type { Term } from '../page/page.ts';
import { insideTerms } from './about/inside.ts';
import { addressLine, runTerms } from './about/run.ts';
import { type Around, link, links } from './around.ts';
import { imageTerms } from './image.ts';

type Tellers = { readonly [K in KnownKind]?: (resource: Known<K>, around: Around) => readonly Term[] };

/** What each kind has to say of itself. A third party's kind is told by its provider elsewhere. */
const tellers: Tellers = {
  service: ({ spec, name }, around) => [
    ['Instances', [String(spec.replicas)]],
    ...thereTerm(spec),
    ...(spec.address ? [['Address', addressLine(spec.address, around)] as const] : []),
    ...runTerms(spec, around),
    ...portTerm(spec.ports, spec.publish, name, around),
    ['Well when', [spec.health ? healthWords(spec.health) : 'it runs: no question is asked']],
    ...(spec.before.length > 0 ? [['Before it starts', links(spec.before, around)] as const] : []),
    ...(spec.stopBefore ? [['Before it stops', [{ code: spec.stopBefore.join(' ') }]] as const] : []),
    ['Stops', [`within ${toDuration(spec.stopGrace)}, else it is killed; restarted ${spec.restart}`]],
  ],
  migration: ({ spec }, around) => [...runTerms(spec, around), ['May take', [toDuration(spec.timeout)]]],
  job: ({ spec }, around) => [
    ...runTerms(spec, around),
    ['Runs', [spec.every ? `${spellEvery(spec.every)}, started by the agent` : 'once, each time that it is changed']],
    ['May take', [toDuration(spec.timeout)]],
  ],
  image: imageTerms,
  network: ({ spec }) => [
    ['Subnet', [spec.subnet ?? 'a /24 of the environment’s pool']],
    ['Way out', [spec.internal ? 'none' : 'to the world']],
    ...(spec.fixed ? [['Addresses', ['those of the upper half are given by name alone']] as const] : []),
  ],
  volume: ({ spec }) => [
    [
      'Written by',
      [
        spec.writers === 'one'
          ? 'one instance at a time: a replacement starts when the old one has stopped'
          : 'several instances at once',
      ],
    ],
    ['When it is no longer declared', ['it stays until somebody says --destroy, and for the grace period after that']],
  ],
  ...insideTerms,
  secret: ({ spec: { generate } }, around) => [['Comes from', originOf(generate, around)]],
  upstream: ({ spec }) => [
    ['Promises', [spec.sla ?? 'nothing that is written down']],
    ...(spec.endpoint === undefined ? [] : [['Reached at', [{ out: spec.endpoint, text: spec.endpoint }]] as const]),
  ],
  team: ({ spec }) => [
    [
      'People',
      apart(
        spec.people.map((mail): Line => [{ out: mail, text: mail }]),
        ', ',
      ),
    ],
    ['On call', [spec.onCall ?? 'nobody is said to be']],
    ...(spec.availability ? [['Somebody answers', [`${spec.availability} of the time`]] as const] : []),
  ],
  cluster: ({ spec }, around) => [
    ['Servers', links(spec.members, around)],
    ...(spec.etcd.length > 0 ? [['Who leads is held by', links(spec.etcd, around)] as const] : []),
    ...(spec.proxy ? [['Clients go through', [link(spec.proxy, around)]] as const] : []),
    ...(spec.members.length > 1 ? [['A write', [writeWords(spec.strict)]] as const] : []),
    ...(spec.backups ? [['Backups', [backupWords(spec.backups)]] as const] : []),
  ],
  routes: ({ spec }, around) => [
    ['Edge', [link(spec.edge, around)]],
    [
      'Leads',
      apart(
        spec.routes.map(
          ({ host, path, to, port }): Line => [{ code: `${host}${path}` }, ' to ', link(to, around), ` port ${port}`],
        ),
        '; ',
      ),
    ],
    ['An instance that leaves', [`has ${toDuration(spec.drain)} to finish what it has`]],
  ],
  check: ({ spec }, around) => [
    ['Looks at', [link(spec.target, around)]],
    ['Says', [plural(spec.assertions.length, 'sentence')]],
  ],
};

function thereTerm({ availability, commonCause }: ServiceSpec): readonly Term[] {
  if (!availability) return [];
  const shared = commonCause ? `; ${commonCause} of what takes one takes all of them` : '';
  return [['Each is there', [`${availability} of the time, its machine not counted${shared}`]]];
}

function originOf(generate: SecretSpec['generate'], around: Around): Line {
  if (generate === undefined) return ['the environment’s store, by a person'];
  if (typeof generate === 'number') return [`Holdfast: ${generate} characters, made at first use`];
  if (!('certificate' in generate)) return ['Holdfast: an authority that signs certificates, made at first use'];
  const { by, names, days } = generate.certificate;
  return [
    `Holdfast: a certificate for ${names.join(', ')}, signed by `,
    link(by, around),
    `, made at first use, and anew when a third of its ${plural(days, 'day')} is left`,
  ];
}

const writeWords = (strict: boolean): string =>
  strict ? 'waits for a standby, and is refused while there is none' : 'waits for a standby, as long as there is one';

const backupWords = ({ stanza, full, diff, keep, at }: ClusterBackups): string =>
  `of all ${spellEvery(full)}, of what changed ${spellEvery(diff)}; the last ${keep} of all stay, as ${stanza}${at ? ` at ${at}` : ''}`;

export const aboutOf = (resource: Resource, around: Around): readonly Term[] =>
  (tellers[resource.kind as KnownKind] as ((resource: Resource, around: Around) => readonly Term[]) | undefined)?.(
    resource,
    around,
  ) ?? [['Kind', [resource.kind]]];

function portTerm(
  ports: Readonly<Record<string, number>>,
  publish: readonly string[],
  name: string,
  around: Around,
): readonly Term[] {
  const all = Object.entries(ports).map(
    ([port, number]): Inline => `${port} (${number}${publish.includes(port) ? ', open to the outside' : ''})`,
  );
  const hosts = hostsOf(name, around);
  return [
    ...(all.length > 0 ? [['Ports', listed(all)] as const] : []),
    ...(hosts.length > 0 ? [['Answers for', listed(hosts.map(host => ({ code: host })))] as const] : []),
  ];
}

/** The host names that an edge takes requests for. */
export const hostsOf = (name: string, { all }: Around): readonly string[] => {
  const table = all.get(addressOf({ kind: 'routes', name })) as Known<'routes'> | undefined;
  return table && nameIn(table.spec.edge) === name ? [...new Set(table.spec.routes.map(({ host }) => host))] : [];
};

function healthWords(probe: ProbeSpec): string {
  const { interval, timeout, within } = probe.timing;
  const asked = `; asked every ${toDuration(interval)}, answered within ${toDuration(timeout)}, at first within ${toDuration(within)}`;
  if (probe.type === 'command') return `${probe.command.join(' ')} ends with 0${asked}`;
  if (probe.type === 'tcp') return `port ${probe.port} takes a connection${asked}`;
  return `GET ${probe.path} on port ${probe.port} answers ${probe.status.join(' or ')}${asked}`;
}
