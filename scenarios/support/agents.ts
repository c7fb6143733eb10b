import assert from 'node:assert/strict';
import { containersOf } from './containers.ts';
import { docker, type Project } from './project.ts';

/** The container of the agent that runs. */
export async function theAgent({ name }: Project): Promise<string> {
  const [agent] = (await containersOf(name, { service: 'agent' })).filter(one => one.running);
  assert.ok(agent, 'the agent runs');
  return agent.id;
}

/** A second container of the same, on the same networks and mounts, that Holdfast knows nothing of. */
export async function anotherLike(id: string): Promise<string> {
  const { Config, HostConfig, NetworkSettings } = await docker.getContainer(id).inspect();
  const { Hostname: _, Labels: __, ...config } = Config;
  const [network = 'none'] = Object.keys(NetworkSettings.Networks);
  const made = await docker.createContainer({ ...config, HostConfig: { ...HostConfig, NetworkMode: network } });
  await made.start();
  return made.id;
}
