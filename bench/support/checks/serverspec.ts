import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labelled, type Project } from '../../../scenarios/support/project.ts';
import { type Measured, measure } from '../measure.ts';
import { sentences } from './sentences.ts';

export const peerName = 'serverspec 2.42, docker backend';

/** The system is named, so that serverspec need not find out. */
const helper = `require 'serverspec'

set :backend, :docker
set :docker_url, 'unix:///var/run/docker.sock'
set :docker_container, ENV.fetch('TARGET')
set :os, family: 'debian', release: '12', arch: 'x86_64'
`;

/**
 * One rspec a container: one after another, as serverspec's own Rakefile has it, or two at a time, which is the fastest way
 * on two cores. Throws where a single example fails, or where not all ran.
 */
export async function serverspec({ folder, name }: Project, atOnce: 1 | 2): Promise<Measured> {
  const place = join(folder, 'serverspec');
  await mkdir(join(place, 'spec'), { recursive: true });
  await rm(join(place, 'results'), { recursive: true, force: true });
  await writeFile(join(place, 'spec/spec_helper.rb'), helper);
  const examples = sentences.map(({ theirs }) => theirs).join('\n');
  await writeFile(join(place, 'spec/web_spec.rb'), `require 'spec_helper'\n\n${examples}\n`);
  const { containers } = await labelled(name);
  await writeFile(join(place, 'containers'), containers.map(({ Id }) => `${Id}\n`).join(''));
  const rspec = ['env', 'TARGET={}', 'rspec', '--format', 'json', '--out', 'results/{}.json'];
  const measured = await measure(['xargs', '-a', 'containers', '-P', String(atOnce), '-I', '{}', ...rspec], {
    cwd: place,
  });
  await allPassed(join(place, 'results'), containers.length * sentences.length);
  return measured;
}

async function allPassed(results: string, wanted: number): Promise<void> {
  const files = await readdir(results);
  const all = await Promise.all(files.map(async file => JSON.parse(await readFile(join(results, file), 'utf8'))));
  const passed = all.flatMap(({ examples }) => examples).filter(({ status }) => status === 'passed').length;
  if (passed !== wanted) throw new Error(`${passed} of ${wanted} examples passed in serverspec`);
}
