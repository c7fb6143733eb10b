import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Project, project } from '../../../scenarios/support/project.ts';
import { pages, ports, sentences } from './sentences.ts';

export const services: readonly string[] = Array.from({ length: 10 }, (_, index) => `web-${index + 1}`);

/** With what serverspec needs inside: ss for ports, ps for processes. Holdfast needs nothing there. */
const system = `import { check, copy, debian, image, network, packages, service, system, user } from 'holdfast';

export default system('NAME', () => {
  const app = image('app', {
    base: debian('bookworm', { packages: ['ca-certificates'] }),
    steps: [packages(['iproute2', 'procps']), user('app'), copy('listen', '/usr/local/bin/listen', { mode: '0755' }), copy('pages', '/srv')],
    user: 'app',
    command: ['/usr/local/bin/listen'],
  });
  const lan = network('lan');
  for (const name of ${JSON.stringify(services)}) {
    const web = service(name, { image: app, network: lan, ports: ${JSON.stringify(Object.fromEntries(ports.map(port => [`p-${port}`, port])))}, stop: { grace: '1s' }, limits: { memory: '128MB' } });
    check(web, it => {
      ${sentences.map(({ ours }) => ours).join('\n      ')}
    });
  }
});
`;

/** Ten services of which a hundred sentences each are said, up and running. */
export async function checkedProject(): Promise<Project> {
  const files = Object.fromEntries(pages.map(page => [`pages/${page}`, `this is ${page}\n`]));
  const made = await project({ system, files });
  try {
    await copyFile(join(import.meta.dirname, 'listen.pl'), join(made.folder, 'listen'));
    await made.must('up', '--yes');
    return made;
  } catch (error) {
    await made.remove();
    throw error;
  }
}
