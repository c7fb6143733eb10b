import type { Project, ProjectFiles, Telling } from '../harness.ts';

/** Two instances of a web server behind an edge, and a keeper of notes with a volume. Starts in seconds. */
export const smallSystem = `import { edge, image, network, probe, service, system, volume } from 'holdfast';

export default system('NAME', env => {
  const tiny = image('tiny', { archive: 'tiny.tar' });
  const lan = network('lan');
  const web = service('web', {
    image: tiny,
    network: lan,
    replicas: 2,
    ports: { http: 8080 },
    command: ['httpd', '-f', '-p', '8080', '-h', '/srv'],
    files: { '/srv/index.html': 'one' },
    health: probe.http('http', '/', { interval: '200ms' }),
    stop: { grace: '1s' },
  });
  service('notes', {
    image: tiny,
    network: lan,
    command: ['sleep', '86400'],
    mounts: { '/notes': volume('notes') },
    stop: { grace: '1s' },
  });
  edge('door', { network: lan, routes: { [env.domain]: web.port('http') } });
});
`;

/** A project with {@link smallSystem} or one of its kin. Nothing is up yet. */
export const smallProject = (telling: Telling, files: Partial<ProjectFiles> = {}): Promise<Project> =>
  telling.project({ system: smallSystem, ...files });
