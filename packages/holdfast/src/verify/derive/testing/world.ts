import { sha256 } from '../../../kit/hash.ts';
import { type Address, kindOf } from '../../../model/address.ts';
import type { FactsOf } from '../../../model/assertion/facts/facts-of.ts';
import type { FileFacts } from '../../../model/assertion/facts/files.ts';
import type { ContainerFacts } from '../../../model/assertion/facts/machine.ts';
import type { UserFacts } from '../../../model/assertion/facts/people.ts';
import type { Looked } from '../../../model/assertion/matcher.ts';
import { guardedFolder, hasGuarded } from '../../../model/guarded-files.ts';
import type { Known } from '../../../model/resource.ts';
import type { SubjectOf, SubjectSpec, SubjectType } from '../../../model/spec/check-spec.ts';
import type { ImageSpec } from '../../../model/spec/image-spec.ts';
import type { ImageConfig } from '../../../model/spec/recipe.ts';
import type { ServiceSpec } from '../../../model/spec/service-spec.ts';
import { byAddress, type SystemModel } from '../../../model/system-model.ts';
import type { Value } from '../../../model/value.ts';
import type { ReleasedImages } from '../released.ts';

export type AnyLooked = Looked<FactsOf[SubjectType]>;

/** How a subject of a target is where all is as declared. Shares nothing with what derives checks. */
export function asDeclared(model: SystemModel, released: ReleasedImages, target: Address, of: SubjectSpec): AnyLooked {
  const resource = byAddress(model).get(target);
  const look = (kindOf(target) === 'service' ? inService : inImage) as Looks;
  const at: Place = { model, released, target, spec: resource?.spec as Place['spec'] };
  const facts = look[of.type]?.(at, of as never);
  return facts === undefined ? { missing: 'nobody declared it' } : { facts };
}

interface Place {
  readonly model: SystemModel;
  readonly released: ReleasedImages;
  readonly target: Address;
  /** That of the target, whichever of the two it is. */
  readonly spec: ServiceSpec & ImageSpec;
}

type Looks = { readonly [T in SubjectType]?: (at: Place, of: SubjectOf<T>) => FactsOf[T] | undefined };

const configAt = ({ model, released }: Place, image: Address): ImageConfig | undefined => {
  const { source } = (byAddress(model).get(image) as Known<'image'>).spec;
  return released[image]?.config ?? (source.from === 'recipe' ? source.config : undefined);
};

/** What a value is when all is known. */
const settled = (value: Value): string => {
  if (typeof value === 'string') return value;
  return '$text' in value ? value.$text.map(settled).join('') : 'known later';
};

const mountFacts = { filesystem: 'ext4', source: '/dev/vda1', options: ['rw'] };

const mountsOf = (spec: ServiceSpec) => [
  ...Object.keys(spec.mounts).map(at => ({ at, ...mountFacts })),
  ...(spec.reaches?.includes('engine') ? [{ at: '/run/holdfast/engine.sock', ...mountFacts }] : []),
  ...(spec.reaches?.includes('journal') ? [{ at: '/run/holdfast/journal', ...mountFacts }] : []),
  ...(hasGuarded(spec) ? [{ at: guardedFolder, ...mountFacts, options: ['ro'] }] : []),
];

/** Who reaches the journal is who has that, whatever the image says. */
const userAt = (at: Place): string =>
  at.spec.user ?? (at.spec.reaches ? '4321:4321' : (configAt(at, at.spec.image)?.user ?? ''));

const containerFacts = (at: Place): ContainerFacts => {
  const { capabilities, readOnly, limits, image } = at.spec;
  return {
    user: userAt(at),
    capabilities,
    readOnlyRoot: readOnly,
    privileged: false,
    noNewPrivileges: true,
    ...limits,
    image: at.released[image]?.startedFrom ?? '',
    restarts: 0,
  };
};

function processAt(at: Place) {
  const [name = ''] = (userAt(at) || '0').split(':');
  const isNumber = /^\d+$/.test(name);
  return { pid: 1, uid: isNumber ? Number(name) : 1234, ...(!isNumber && { user: name }), command: ['x'], resident: 1 };
}

function fileAt({ spec }: Place, path: string): FileFacts | undefined {
  const file = spec.files[path];
  if (!file) return undefined;
  const [uid = 0, gid = 0] = file.owner.split(':').map(Number);
  const content = settled(file.content);
  const mode = Number.parseInt(file.mode, 8);
  return { type: 'file', mode, uid, gid, size: content.length, content, sha256: sha256(content) };
}

const portsOf = ({ spec }: Place) => Object.values(spec.ports);

const inService: Looks = {
  container: containerFacts,
  port: (at, { port }) => (portsOf(at).includes(port) ? { answer: 'it takes connections' } : undefined),
  listening: at => ({ sockets: portsOf(at).map(port => ({ protocol: 'tcp', address: '::', port })) }),
  processes: at => ({ processes: [processAt(at)] }),
  command: () => ({ exitCode: 0, stdout: '', stderr: '' }),
  http: ({ spec }) => ({
    status: spec.health?.type === 'http' ? (spec.health.status[0] ?? 0) : 0,
    answer: 'as its probe expects',
  }),
  environment: (at, { name }) => {
    const own = at.spec.env[name] ?? configAt(at, at.spec.image)?.env[name];
    return own === undefined ? undefined : { value: settled(own) };
  },
  file: (at, { path }) => fileAt(at, path),
  mount: ({ spec }, { path }) => mountsOf(spec).find(({ at }) => at === path),
  mounts: ({ spec }) => ({ mounts: mountsOf(spec) }),
};

function userFacts({ spec }: Place, name: string): UserFacts {
  const steps = spec.source.from === 'recipe' ? spec.source.steps : [];
  const made = steps.findLast(step => step.do === 'user' && step.name === name);
  const { uid, home, shell } = made?.do === 'user' ? made : { uid: 7, home: '/', shell: '/bin/sh' };
  return { uid, gid: uid, home, shell, groups: [name] };
}

const inImage: Looks = {
  image: at => ({
    digest: at.released[at.target]?.digest ?? '',
    layers: 1,
    size: 1,
    user: configAt(at, at.target)?.user ?? '',
    secrets: [],
    setId: [{ path: '/usr/bin/su', package: 'util-linux' }],
    writable: [],
  }),
  user: (at, { name }) => userFacts(at, name),
  package: ({ released, target }, { name }) => ({
    version: released[target]?.packages?.[name] ?? '1.2.3-4',
    manager: 'dpkg',
  }),
};
