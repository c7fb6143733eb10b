import { Readable } from 'node:stream';
import { packTar } from 'modern-tar';
import type { TrialStage } from '../../bake/seal/trial/engine-trials.ts';
import { digestOf } from '../../kit/hash.ts';
import { randomId } from '../../kit/id.ts';
import type { ImageConfig } from '../../model/spec/recipe.ts';
import { connectDocker } from '../../providers/docker/index.ts';
import { takeInTinyImage } from '../../providers/docker/testing/tiny-image.ts';
import { tinySources } from '../../providers/docker/testing/workbench.ts';
import { trialStage } from '../ground/trials.ts';

/** The engine of this machine as images are tried on it, with tiny images that are started as a test says. */
export async function trialGround() {
  const host = await connectDocker();
  const { docker } = host;
  const repository = `hfexamine-${randomId()}`;
  const made = new Map<string, Promise<string>>();
  await takeInTinyImage(docker, `${repository}:tiny`);

  const stage: TrialStage = { ...trialStage(host, tinySources), system: repository };

  const build = async (settings: ImageConfig): Promise<string> => {
    const reference = `${repository}:${digestOf(settings).slice(0, 12)}`;
    const { user = 'root', workdir = '/', command = [] } = settings;
    const lines = [`FROM ${repository}:tiny`, `USER ${user}`, `WORKDIR ${workdir}`, `CMD ${JSON.stringify(command)}`];
    const stream = await docker.buildImage(await contextOf(lines.join('\n')), { t: reference });
    await new Promise((resolve, reject) =>
      docker.modem.followProgress(stream, error => (error ? reject(error) : resolve(0))),
    );
    return reference;
  };

  return {
    stage,
    /** The reference of a tiny image with these settings. */
    imageOf(settings: ImageConfig): Promise<string> {
      const key = digestOf(settings);
      const reference = made.get(key) ?? build(settings);
      made.set(key, reference);
      return reference;
    },
    /** Names of what trials have on the engine. */
    async trials(): Promise<readonly string[]> {
      const filters = { label: [`holdfast.system=${repository}`] };
      const containers = await docker.listContainers({ all: true, filters });
      const networks = await docker.listNetworks({ filters });
      const images = (await docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []);
      return [
        ...containers.map(({ Names }) => Names[0] ?? ''),
        ...networks.map(({ Name }) => Name),
        ...images.filter(tag => tag.startsWith(`holdfast/${repository}/`)),
      ];
    },
    async [Symbol.asyncDispose]() {
      for (const reference of await Promise.all(made.values()))
        await docker.getImage(reference).remove({ force: true });
      await docker.getImage(`${repository}:tiny`).remove({ force: true });
    },
  };
}

const contextOf = async (dockerfile: string): Promise<Readable> =>
  Readable.from([
    Buffer.from(await packTar([{ header: { name: 'Dockerfile', size: dockerfile.length }, body: dockerfile }])),
  ]);
