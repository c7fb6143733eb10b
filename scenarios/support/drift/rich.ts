import type { Project, Telling } from '../../harness.ts';

/** A system that uses all that a service may declare, so that what an engine fills in has every chance to show. */
const richSystem = `
import { edge, image, job, network, probe, secret, service, system, volume } from 'holdfast';

export default system('NAME', env => {
  const lan = network('lan');
  const back = network('back', { internal: true });
  const tiny = image('tiny', { archive: './tiny.tar' });
  const key = secret('key', { generate: 24 });
  const usual = { image: tiny, command: ['sleep', '86400'], stop: { grace: '1s' } } as const;

  const web = service('web', {
    image: tiny,
    network: lan,
    replicas: 3,
    user: '1000:1000',
    command: ['httpd', '-f', '-p', '8080', '-h', '/srv'],
    workdir: '/tmp',
    ports: { http: 8080, spare: 9090 },
    env: { GREETING: 'hello = "world" $HOME', EMPTY: '', NUMBER: 7, KEY: key },
    files: {
      '/srv/index.html': 'hello',
      '/srv/deep/down/note': { content: 'deep', mode: '0640', owner: '1000:1000' },
      '/run/secrets/key': key,
    },
    limits: { memory: '64MiB', cpus: 0.5, processes: 100 },
    readOnly: true,
    capabilities: ['CAP_NET_BIND_SERVICE', 'CHOWN'],
    restart: 'on-failure',
    stop: { grace: '1s' },
    health: probe.http('http', '/', { interval: '200ms' }),
  });
  service('worker', { ...usual, networks: [back, lan], aliases: ['jobs.internal'], needs: [web] });
  service('store', {
    ...usual,
    entrypoint: ['sh', '-c', 'exec "$@"', '--'],
    networks: [back],
    limits: { memory: '32MB' },
    mounts: { '/data': volume('data'), '/shared': volume('shared', { writers: 'many' }) },
    files: { '/etc/store/store.conf': 'durable = true' },
  });
  job('seed', { image: tiny, network: lan, command: ['sh', '-c', 'echo seeded'], env: { KEY: key } });
  edge('door', { network: lan, drain: '1s', routes: { [env.domain]: web.port('http') } });
});
`;

/** Written as system.ts, nothing of it up yet. */
export const richProject = ({ project }: Pick<Telling, 'project'>): Promise<Project> => project({ system: richSystem });
