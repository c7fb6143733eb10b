import { type ImageHandle, image } from '../../../model/image.ts';
import { probe } from '../../../model/probe.ts';
import { debian } from '../../../model/recipe/debian.ts';
import { packages, run, user } from '../../../model/recipe/steps.ts';
import { service } from '../../../model/service.ts';
import type { ServiceHandle } from '../../../model/service-handle.ts';
import { volume } from '../../../model/volume.ts';
import { commonOf } from '../common.ts';
import type { Ground } from '../ground.ts';
import { oneByOne } from './chain.ts';
import { hostsOf, type Inner } from './inner.ts';
import { keyFiles } from './keys.ts';
import { type Layout, type Place, places } from './places.ts';
import { etcdHealthScript, etcdScript } from './scripts/etcd.ts';

const { ports, keys: at, etcd } = places;

/** The memory of who leads: what two of three have written is so. */
export function etcdOf(inner: Inner): readonly ServiceHandle<string>[] {
  const image = etcdImage(inner.ground);
  return oneByOne(inner.layout.etcd, (place, before) => oneEtcd(inner, image, place, before));
}

const etcdImage = ({ name, options }: Ground): ImageHandle =>
  image(`${name}-etcd`, {
    ...commonOf(options, '-etcd'),
    base: debian('bookworm', { packages: ['ca-certificates'] }),
    steps: [
      user('etcd', { uid: etcd.uid, home: etcd.volume }),
      packages(['etcd-client', 'etcd-server']),
      run(`install -d -o etcd -g etcd -m 0700 ${etcd.volume}`),
    ],
    user: 'etcd',
    command: ['etcd'],
    ports: [ports.etcd, ports.peers],
  });

function oneEtcd(
  { ground: { name, options }, layout, inner, keys }: Inner,
  image: ImageHandle,
  place: Place,
  needs: readonly ServiceHandle<string>[],
): ServiceHandle<string> {
  const common = commonOf(options, place.name.slice(name.length));
  return service(place.name, {
    ...common,
    needs,
    image,
    network: inner,
    address: inner.address(place.address),
    hosts: hostsOf(inner, layout.etcd),
    entrypoint: ['sh'],
    command: [`${etcd.told}/run`],
    user: etcd.user,
    env: environment(layout, place),
    files: {
      ...keyFiles(keys.etcd, keys),
      [`${etcd.told}/run`]: etcdScript(layout, place),
      [`${etcd.told}/health`]: etcdHealthScript(layout),
    },
    mounts: { [etcd.volume]: volume(place.name, common) },
    ports: { client: ports.etcd, peers: ports.peers },
    health: probe.command(['sh', `${etcd.told}/health`], { timeout: '5s' }),
    limits: { memory: '256MB', processes: 128 },
    readOnly: true,
  });
}

const url = (host: string, port: number): string => `https://${host}:${port}`;

const environment = ({ scope, etcd: all }: Layout, { name }: Place): Readonly<Record<string, string>> => ({
  ETCD_NAME: name,
  ETCD_DATA_DIR: `${etcd.volume}/data`,
  ETCD_INITIAL_CLUSTER: all.map(one => `${one.name}=${url(one.name, ports.peers)}`).join(','),
  ETCD_INITIAL_CLUSTER_TOKEN: scope,
  ETCD_INITIAL_ADVERTISE_PEER_URLS: url(name, ports.peers),
  ETCD_ADVERTISE_CLIENT_URLS: url(name, ports.etcd),
  ETCD_LISTEN_PEER_URLS: url('0.0.0.0', ports.peers),
  ETCD_LISTEN_CLIENT_URLS: url('0.0.0.0', ports.etcd),
  ...mutual('ETCD_'),
  ...mutual('ETCD_PEER_'),
  // One that comes back does not disturb those that go well without it.
  ETCD_PRE_VOTE: 'true',
  // Patroni writes each second. An hour of it is enough.
  ETCD_AUTO_COMPACTION_MODE: 'periodic',
  ETCD_AUTO_COMPACTION_RETENTION: '1h',
  ETCD_SNAPSHOT_COUNT: '10000',
  ETCD_LOGGER: 'zap',
  ETCD_LOG_LEVEL: 'warn',
  // For `etcdctl`, run inside.
  ETCDCTL_API: '3',
  ETCDCTL_ENDPOINTS: all.map(one => url(one.name, ports.etcd)).join(','),
  ETCDCTL_CACERT: at.authority,
  ETCDCTL_CERT: at.certificate,
  ETCDCTL_KEY: at.key,
});

/** Both sides show a certificate. */
const mutual = (prefix: string) => ({
  [`${prefix}CERT_FILE`]: at.certificate,
  [`${prefix}KEY_FILE`]: at.key,
  [`${prefix}TRUSTED_CA_FILE`]: at.authority,
  [`${prefix}CLIENT_CERT_AUTH`]: 'true',
});
