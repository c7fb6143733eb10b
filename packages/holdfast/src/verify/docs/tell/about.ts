import { toDuration } from '../../../kit/duration.ts';
import { plural } from '../../../kit/layout.ts';
import { type Address, nameIn } from '../../../model/address.ts';
import { needsOf } from '../../../model/ref.ts';
import { addressOf, type Known, type KnownKind, type Resource } from '../../../model/resource.ts';
import type { ProbeSpec, RunSpec } from '../../../model/spec/service-spec.ts';
import type { SecretSpec } from '../../../model/spec/small-specs.ts';
import { apart, type Inline, type Line, listed } from '../page/inline.ts';
import type { Term } from '../page/page.ts';
import { type Around, link, links } from './around.ts';
import { imageTerms } from './image.ts';
import { short } from './reason.ts';

type Tellers = { readonly [K in KnownKind]?: (resource: Known<K>, around: Around) => readonly Term[] };

/** What each kind has to say of itself. A third party's kind is told by its provider elsewhere. */
const tellers: Tellers = {
  service: ({ spec, name }, around) => [
    ['Instances', [String(spec.replicas)]],
    ...runTerms(spec, around),
    ...portTerm(spec.ports, spec.publish, name, around),
    ['Well when', [spec.health ? healthWords(spec.health) : 'it runs: no question is asked']],
    ...(spec.before.length > 0 ? [['Before it starts', links(spec.before, around)] as const] : []),
    ['Stops', [`within ${toDuration(spec.stopGrace)}, else it is killed; restarted ${spec.restart}`]],
  ],
  migration: ({ spec }, around) => [...runTerms(spec, around), ['May take', [toDuration(spec.timeout)]]],
  job: ({ spec }, around) => [...runTerms(spec, around), ['May take', [toDuration(spec.timeout)]]],
  image: imageTerms,
  network: ({ spec }) => [
    ['Subnet', [spec.subnet ?? 'a /24 of the environment’s pool']],
    ['Way out', [spec.internal ? 'none' : 'to the world']],
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
    ['When it is no longer declared', ['it stays until somebody says --destroy']],
  ],
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

export const aboutOf = (resource: Resource, around: Around): readonly Term[] =>
  (tellers[resource.kind as KnownKind] as ((resource: Resource, around: Around) => readonly Term[]) | undefined)?.(
    resource,
    around,
  ) ?? [['Kind', [resource.kind]]];

/** What any container is run with. Values of variables and contents of files stay in the code. */
function runTerms(spec: RunSpec, around: Around): readonly Term[] {
  const digest = around.digests.get(spec.image);
  return [
    ['Image', [link(spec.image, around), ...(digest === undefined ? [] : [' ', { code: short(digest) }])]],
    ...(spec.command ? [['Runs', [{ code: spec.command.join(' ') }]] as const] : []),
    ['Networks', links(spec.networks, around)],
    ...mapTerm('Keeps data in', spec.mounts, (path, volume) => [link(volume, around), ' at ', { code: path }]),
    ...mapTerm('Files', spec.files, (path, { content }) => [{ code: path }, ...from(needsOf(content), around)]),
    ...mapTerm('Variables', spec.env, (name, value) => [{ code: name }, ...from(needsOf(value), around)]),
    ['Limits', [limitWords(spec)]],
  ];
}

const mapTerm = <T>(
  term: string,
  of: Readonly<Record<string, T>>,
  tell: (key: string, value: T) => Line,
): readonly Term[] => {
  const lines = Object.entries(of).map(([key, value]) => tell(key, value));
  return lines.length > 0 ? [[term, apart(lines, ', ')]] : [];
};

const from = (needs: readonly Address[], around: Around): Line =>
  needs.length > 0 ? [' (of ', ...links(needs, around), ')'] : [];

function limitWords({ limits: { memory, cpu, processes }, readOnly, user, capabilities }: RunSpec): string {
  return [
    memory === undefined ? 'no limit of memory' : `${Math.round(memory / 1e4) / 100} MB of memory`,
    ...(cpu === undefined ? [] : [`${cpu / 1_000} of a processor`]),
    `${processes} processes`,
    ...(readOnly ? ['a root that is read-only'] : []),
    ...(user === undefined ? [] : [`user ${user}`]),
    ...(capabilities.length > 0 ? [`may ${capabilities.join(', ')}`] : []),
  ].join(', ');
}

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
