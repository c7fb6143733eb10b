import { derivedId } from '../kit/id.ts';
import { type Address, address } from '../model/address.ts';
import { engineName, instanceHost, type Scope } from '../model/identity.ts';
import type { RestoredSpec } from '../model/spec/cluster-spec.ts';
import type { Value } from '../model/value.ts';
import type { InstanceDesire, SealedText, VolumeDesire } from '../ports/desires.ts';
import type { Desired } from '../ports/provider.ts';

/** Where restored servers belong: to no environment that a person can name, so that no plan takes them for its own. */
export const restoredScope = ({ system, environment }: Scope): Scope => ({
  system,
  environment: `${environment}.restored`,
});

/** What a declared thing is called on its engine: a network, a volume; of an image, its reference. */
export type EngineNames = (of: Address) => string;

export interface Surroundings {
  readonly scope: Scope;
  readonly engine: string;
  readonly nameOf: EngineNames;
  readonly seal: (value: Value) => SealedText;
}

/** The volume of a restored server. The same name is the same volume, so that what was begun is gone on with. */
export const volumeDesire = (name: string, around: Surroundings): Desired<VolumeDesire> => ({
  ...identityOf(name, 'volume', around),
  spec: {},
});

/** The restored server: it answers to its name on the networks of the one that it is made of. */
export function instanceDesire(name: string, spec: RestoredSpec, around: Surroundings): Desired<InstanceDesire> {
  const { run, data, reads } = spec;
  const identity = identityOf(name, 'instance', around);
  const { entrypoint, command, workdir, user } = run;
  return {
    ...identity,
    spec: {
      runs: 'always',
      image: around.nameOf(run.image),
      networks: run.networks.map(network => ({ name: around.nameOf(network), aliases: [name] })),
      hostname: instanceHost(identity.address, identity.uid),
      ...(entrypoint && { entrypoint }),
      ...(command && { command }),
      ...(workdir && { workdir }),
      ...(user && { user }),
      env: mapValues(run.env, around.seal),
      files: mapValues(run.files, file => ({ ...file, content: around.seal(file.content) })),
      mounts: { [data]: identityOf(name, 'volume', around).name },
      reads: mapValues(reads, around.nameOf),
      ports: [],
      publish: [],
      limits: run.limits,
      restart: 'always',
      readOnly: run.readOnly,
      capabilities: run.capabilities,
      stopGrace: 30_000,
    },
  };
}

/** Who it is follows from its name alone. */
export function identityOf(
  name: string,
  kind: 'volume' | 'instance',
  { scope, engine }: Pick<Surroundings, 'scope' | 'engine'>,
): Omit<Desired, 'spec'> {
  const of = address(kind, kind === 'instance' ? `${name}.1` : name);
  const uid = derivedId(`${scope.system} ${scope.environment}`, `${engine} ${of}`);
  return { address: of, kind, engine, uid, name: engineName(scope, of, uid) };
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
