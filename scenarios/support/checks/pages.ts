import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tinyRoot } from '../../../packages/holdfast/src/providers/docker/testing/tiny-image.ts';
import type { Project, Telling } from '../../harness.ts';

/** Two instances of a web server and a keeper of notes, each on an image of its own, with a promise about each. */
const system = `import { check, image, network, promise, service, system, team } from 'holdfast';

export default system('NAME', () => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const lan = network('lan');
  const web = service('web', {
    image: image('pages', { archive: 'tiny.tar' }),
    network: lan,
    replicas: 2,
    ports: { http: 8080 },
    command: ['sh', '-c', 'httpd -p 8080 -h /srv; exec sleep 86400'],
    files: { '/srv/index.html': 'welcome' },
    stop: { grace: '1s' },
  });
  const notes = service('notes', {
    image: image('paper', { archive: 'paper.tar' }),
    network: lan,
    command: ['sleep', '86400'],
    stop: { grace: '1s' },
  });
  const readable = check(web, it => {
    it.file('/srv/index.html').hasMode('0444').contains('welcome');
    it.process('httpd').eventually('1s').runs();
    it.user('app').hasUid(1000);
    it.http('http', '/').eventually('2s').answers(200);
  });
  const kept = check(notes, it => {
    it.file('/etc/motd').contains('paper');
    it.command('id -u').prints('0');
  });
  promise('a visitor reads the page', { by: crew, checks: [readable], rehearsed: 'daily' });
  promise('notes are kept', { by: crew, checks: [kept] });
});
`;

/** Written as system.ts, nothing of it up yet. */
export async function pagesProject({ project }: Pick<Telling, 'project'>): Promise<Project> {
  const made = await project({ system });
  await paperOf(made, 'paper of today');
  return made;
}

/** Makes the image of the notes another one. */
export const paperOf = async ({ folder }: Project, words: string): Promise<void> =>
  writeFile(join(folder, 'paper.tar'), await tinyRoot(words));
