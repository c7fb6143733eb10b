import type { Handle } from '../../../model/declaration/handle.ts';
import { image } from '../../../model/image.ts';
import { probe } from '../../../model/probe.ts';
import { debian } from '../../../model/recipe/debian.ts';
import { packages } from '../../../model/recipe/steps.ts';
import { networksOf } from '../../../model/run.ts';
import { service } from '../../../model/service.ts';
import { commonOf } from '../common.ts';
import type { Ground } from '../ground.ts';
import { proxyConfig } from './haproxy.ts';
import { hostsOf, type Inner } from './inner.ts';
import { places } from './places.ts';
import { proxyScript } from './scripts/proxy.ts';

const { ports, proxy } = places;
const { postgres, readonly, status, leaving } = ports;
const open = { postgres, readonly, status, leaving };

/** What clients reach by the name of the database. It holds nothing: a new one is there before the old one goes. */
export function proxyOf({ ground, layout, inner, keys }: Inner, needs: readonly Handle[]) {
  const { name, options } = ground;
  return service(name, {
    ...commonOf(options),
    needs,
    image: proxyImage(ground),
    networks: [...networksOf(options), inner],
    hosts: hostsOf(inner, layout.members),
    user: proxy.user,
    files: {
      [proxy.config]: proxyConfig(layout),
      [proxy.script]: proxyScript,
      [places.keys.authority]: keys.authority.certificate,
    },
    ports: open,
    health: probe.http('status', '/primary'),
    limits: { memory: '256MB', processes: 64 },
    readOnly: true,
  });
}

const proxyImage = ({ name, options }: Ground) =>
  image(`${name}-proxy`, {
    ...commonOf(options, '-proxy'),
    base: debian('bookworm', { packages: ['ca-certificates'] }),
    steps: [packages(['haproxy'])],
    user: 'haproxy',
    command: ['haproxy', '-db', '-f', proxy.config],
    ports: Object.values(open),
    // Lets go of its ports at once, and of its clients when they are through or `hard-stop-after` is over.
    stopSignal: 'SIGUSR1',
  });
