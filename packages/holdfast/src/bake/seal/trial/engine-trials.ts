import { randomId } from '../../../kit/id.ts';
import { address } from '../../../model/address.ts';
import { engineName, type Scope } from '../../../model/identity.ts';
import type { ImageConfig } from '../../../model/spec/recipe.ts';
import type { ImageDesire, InstanceDesire } from '../../../ports/desires.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import type { Instances } from '../../../ports/instances.ts';
import type { Prober } from '../../../ports/prober.ts';
import type { Desired, Provider, Seen } from '../../../ports/provider.ts';
import { programAt } from '../examine/programs.ts';
import { removeLeftovers, trialScope } from './leftovers.ts';
import { trialOf, trialOfSingleRuns } from './on-engine.ts';
import { makeNetwork } from './own-network.ts';
import type { OpenTrials, TrialGround } from './trial.ts';

/** What an engine offers in one scope. */
export interface TrialParts {
  /** Of `image`, `instance` and `network`. */
  readonly provider: (kind: string) => Provider;
  readonly instances: Instances;
  readonly prober: Prober;
}

export interface TrialStage {
  /** `trialSystem`; stale trials of the same name are taken away. */
  readonly system: string;
  readonly engine: string;
  /** What makes and reads the objects of a scope. */
  readonly within: (scope: Scope) => TrialParts;
  /** Whether this process reaches instances on a network that leads nowhere; else theirs leads to the world. */
  readonly reachesInternal: boolean;
}

export interface TrialImage {
  /** One that is on the engine already, or what brings it there for the trial alone. */
  readonly image: { readonly reference: string } | Omit<ImageDesire, 'reference'>;
  readonly settings: ImageConfig;
  readonly tree: ImageTree;
  /** Linux capabilities that it is started with, as in `CHOWN`. */
  readonly capabilities: readonly string[];
}

/** Tries images on an engine, in a scope of their own, so that nothing of anybody's is touched. */
export const trialsOn =
  (stage: TrialStage, { image, settings, tree, capabilities }: TrialImage): OpenTrials =>
  async (ports, signal): Promise<TrialGround> => {
    await removeLeftovers(stage);
    const scope = trialScope(stage.system);
    const maker = new Maker(stage, scope, signal);
    const reference = once(() => bring(image, maker));
    const spec = async (more: Partial<InstanceDesire>): Promise<InstanceDesire> => ({
      ...plain,
      capabilities,
      image: await reference(),
      ...more,
    });

    const idle = once(async () => {
      if (!programAt(tree, settings, 'sleep'))
        return trialOfSingleRuns(async command => maker.make('instance', 'run', await spec(single(command))), maker);
      const waiting = { entrypoint: ['sleep'], command: ['86400'] };
      return trialOf(await maker.make('instance', 'idle', await spec(waiting)), maker.parts);
    });

    const started = once(async () => {
      const network = await makeNetwork(maker, stage.reachesInternal);
      const open = [...new Set([...settings.ports, ...ports])].sort((a, b) => a - b);
      const networks = [{ name: network.name, aliases: ['trial'] }];
      return trialOf(await maker.make('instance', 'started', await spec({ networks, ports: open })), maker.parts);
    });

    return { idle, started, [Symbol.asyncDispose]: () => maker[Symbol.asyncDispose]() };
  };

const plain = {
  runs: 'always',
  networks: [],
  hostname: 'trial',
  env: {},
  files: {},
  mounts: {},
  ports: [],
  publish: [],
  limits: { processes: 1_024 },
  restart: 'no',
  readOnly: false,
  stopGrace: 1_000,
} as const satisfies Omit<InstanceDesire, 'image' | 'capabilities'>;

const single = ([program = '', ...words]: readonly string[]): Partial<InstanceDesire> => ({
  runs: 'once',
  entrypoint: [program],
  command: words,
});

/** Brings an image onto the engine for the scope of the maker, and returns what it is called there. */
export async function bring(image: TrialImage['image'], maker: Maker): Promise<string> {
  if ('reference' in image) return image.reference;
  const { source, inputs } = image;
  const { system, environment } = maker.scope;
  const own = `holdfast/${system}/${environment}/image:${inputs.slice(0, 12)}`;
  const reference = source.from === 'reference' ? source.reference : own;
  await maker.make('image', 'image', { source, inputs, reference } satisfies ImageDesire);
  return reference;
}

/** Makes objects of one scope, and takes them away again. */
export class Maker implements AsyncDisposable {
  readonly parts: TrialParts;
  readonly scope: Scope;
  readonly signal: AbortSignal;
  readonly #engine: string;
  readonly #begun: Promise<unknown>[] = [];

  constructor({ engine, within }: TrialStage, scope: Scope, signal: AbortSignal) {
    this.#engine = engine;
    this.parts = within(scope);
    this.scope = scope;
    this.signal = signal;
  }

  async make(kind: string, name: string, spec: unknown): Promise<Seen> {
    const uid = randomId();
    const of = address(kind, name);
    const desired: Desired = {
      address: of,
      kind,
      engine: this.#engine,
      uid,
      name: engineName(this.scope, of, uid),
      spec,
    };
    const making = this.parts.provider(kind).ensure(desired, undefined, this.signal);
    this.#begun.push(making.catch(() => {}));
    return making;
  }

  remove(seen: Seen): Promise<void> {
    return this.parts.provider(seen.kind).remove(seen, new AbortController().signal);
  }

  /** What failed half-way is in no list of ours: all of the scope is looked for. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#begun);
    for (const kind of ['instance', 'network', 'image']) {
      const provider = this.parts.provider(kind);
      for (const seen of await provider.observe(this.scope)) if (seen.birth) await this.remove(seen);
    }
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
