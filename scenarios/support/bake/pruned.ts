/** The story of a store that is pruned of all that nobody needs, and of a way back that is still there. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { Telling } from '../../harness.ts';
import { containersOf, runIn } from '../containers.ts';
import { docker, labelled } from '../project.ts';
import { storeOfDownloads } from './elsewhere.ts';

const system = `import { copy, debian, image, network, service, system } from 'holdfast';

export default system('NAME', () => {
  const base = image('base', { base: debian('bookworm', { packages: ['ca-certificates'] }) });
  const notes = image('notes', { base, steps: [copy('hello', '/hello')], command: ['sleep', '86400'] });
  service('notes', { image: notes, network: network('lan') });
});
`;

export async function prunedAndBack(telling: Telling): Promise<void> {
  const project = await telling.project({ system, files: { hello: 'one' } });
  const store = await storeOfDownloads(telling);
  const nowhere = { HOLDFAST_CACHE: store, HOLDFAST_DEBIAN_MIRROR: 'http://127.0.0.1:9/debian' };
  const { must } = project.given(nowhere);
  for (const hello of ['never released', 'one', 'two']) {
    await project.write('hello', hello);
    await must('bake', '--no-seal');
    if (hello !== 'never released') await must('up', '--yes');
  }
  // What was used just now stays in any case.
  execFileSync('find', [store, '-exec', 'touch', '-h', '-d', '2 hours ago', '{}', '+']);
  const { stdout } = await must('image', 'prune', '--all', '--json');
  const { removed, left } = JSON.parse(stdout) as { removed: Record<string, number>; left: number };
  assert.ok((removed.downloads ?? 0) > 50, 'what was fetched is gone');
  assert.equal(removed.layers, 1, 'and the layer that no release has');
  telling.say(`pruned: ${JSON.stringify(removed)}, ${(left / 1e6).toFixed(0)} MB left`);

  assert.equal(await runIn(project.name, 'notes', 'cat', '/hello'), 'two');
  await forgetImages(project.name);
  await must('rollback', '--yes');
  assert.equal(await runIn(project.name, 'notes', 'cat', '/hello'), 'one');
}

/** The engine has none of its images any more, and nothing runs. */
async function forgetImages(system: string): Promise<void> {
  for (const { id } of await containersOf(system)) await docker.getContainer(id).remove({ force: true });
  for (const { RepoTags } of (await labelled(system)).images)
    for (const tag of RepoTags ?? []) if (tag.includes(system)) await docker.getImage(tag).remove({ force: true });
}
