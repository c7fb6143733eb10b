import type { ProviderFactory } from '../../config.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { Config } from '../../model/environment/config.ts';
import type { Environment } from '../../model/environment/environment.ts';
import type { Scope } from '../../model/identity.ts';
import type { Bakery } from '../../ports/bakery.ts';
import type { ImageDesire } from '../../ports/desires.ts';
import type { Instances } from '../../ports/instances.ts';
import type { Prober } from '../../ports/prober.ts';
import type { Desired, Provider, Providers, Seen } from '../../ports/provider.ts';
import type { Reveal } from '../../ports/secrets.ts';
import type { Sources } from '../../ports/sources.ts';
import type { DockerHost } from '../../providers/docker/index.ts';

/** The engines of an environment, by the names that it gives them. Throws a Problem for one that does not answer. */
export async function connectEngines({ engines }: Environment): Promise<readonly DockerHost[]> {
  const { connectDocker } = await import('../../providers/docker/index.ts');
  return Promise.all(
    Object.entries(engines).map(([engine, { socket, reach }]) =>
      connectDocker({ engine, ...(socket !== undefined && { socket }), ...(reach && { reach }) }),
    ),
  );
}

export interface EngineParts {
  readonly hosts: readonly DockerHost[];
  readonly scope: Scope;
  readonly sources: Sources;
  readonly bakery?: Bakery | undefined;
  readonly reveal: Reveal;
  readonly environment: Environment;
  readonly config: Config;
  /** Whether the engines may still be asked for changes; left out by who makes none. */
  readonly fence?: (() => Promise<boolean>) | undefined;
  /** Told each line that is said while an image is made, and each layer that is begun. */
  readonly onOutput: (desired: Desired<ImageDesire>, line: string, isLayer?: boolean) => void;
}

/** What the engine's stage works with: who makes, looks into, and asks. */
export interface Engines {
  readonly kinds: readonly { readonly engine: string; readonly provider: Provider }[];
  readonly providers: Providers;
  readonly instances: Instances;
  readonly prober: Prober;
}

export async function enginesOf(parts: EngineParts): Promise<Engines> {
  const [docker, postgres] = await Promise.all([
    import('../../providers/docker/index.ts'),
    import('../../providers/postgres/index.ts'),
  ]);
  const { scope, sources, bakery, reveal, fence, onOutput } = parts;
  const hosts = fence ? parts.hosts.map(host => docker.fenced(host, fence)) : parts.hosts;
  const inside = new Map(hosts.map(host => [host.engine, docker.insideDocker(host, scope)]));
  const probers = new Map(hosts.map(host => [host.engine, docker.dockerProber(host, of(inside, host.engine))]));
  const kinds = hosts.flatMap(host =>
    [
      docker.dockerNetworks(host, scope),
      docker.dockerVolumes(host, scope),
      docker.dockerImages(host, scope, sources, onOutput, bakery),
      docker.dockerInstances(host, scope, { reveal }),
      ...postgres.postgresProviders({
        engine: host.engine,
        scope,
        servers: docker.dockerDatabaseServers(host),
        instances: of(inside, host.engine),
        reveal,
      }),
      ...ofThirdParties(host.engine, parts),
    ].map(provider => ({ engine: host.engine, provider: provider as Provider })),
  );
  return {
    kinds,
    providers: providersIn(kinds),
    instances: instancesOn(engine => of(inside, engine)),
    prober: (instance, probe, signal) => of(probers, instance.engine)(instance, probe, signal),
  };
}

const ofThirdParties = (engine: string, { config, environment }: EngineParts): readonly Provider[] =>
  (Object.values(config.providers) as readonly ProviderFactory[]).map(make =>
    make({ engine, environment: environment.name, place: environment.engines[engine] ?? { type: 'docker' } }),
  );

function providersIn(kinds: Engines['kinds']): Providers {
  const byPlace = new Map(kinds.map(({ engine, provider }) => [`${engine} ${provider.kind}`, provider]));
  return (kind, engine) => byPlace.get(`${engine} ${kind}`) ?? noProvider(kind, engine);
}

/** Each call goes to the engine that the instance is on. */
const instancesOn = (on: (engine: string) => Instances): Instances => ({
  run: (instance, ...rest) => on(instance.engine).run(instance, ...rest),
  attach: (instance, ...rest) => on(instance.engine).attach(instance, ...rest),
  put: (instance, ...rest) => on(instance.engine).put(instance, ...rest),
  get: (instance, ...rest) => on(instance.engine).get(instance, ...rest),
  logs: (instance, ...rest) => on(instance.engine).logs(instance, ...rest),
  reach: (instance, ...rest) => on(instance.engine).reach(instance, ...rest),
  ended: (instance, ...rest) => on(instance.engine).ended(instance, ...rest),
  look: (instance: Seen) => on(instance.engine).look(instance),
});

function of<T>(things: ReadonlyMap<string, T>, engine: string): T {
  const found = things.get(engine);
  if (found) return found;
  throw new Problem({
    what: `this environment has no engine "${engine}"`,
    why: `it has ${[...things.keys()].join(', ')}`,
    fix: 'declare it among the `engines` of the environment in holdfast.config.ts',
    exit: exitCode.wrongUse,
  });
}

function noProvider(kind: string, engine: string): never {
  throw new Problem({
    what: `nobody knows how to make a "${kind}" on engine "${engine}"`,
    why: 'it is not one of the kinds that Holdfast makes by itself',
    fix: `name its provider in holdfast.config.ts: providers: { '${kind}': place => … }`,
    exit: exitCode.wrongUse,
  });
}
