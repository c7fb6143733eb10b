import type { Handle } from '../../../model/declaration/handle.ts';
import { probe } from '../../../model/probe.ts';
import { service } from '../../../model/service.ts';
import type { ServiceHandle } from '../../../model/service-handle.ts';
import { volume } from '../../../model/volume.ts';
import { commonOf } from '../common.ts';
import { inside } from '../inside.ts';
import { oneByOne } from './chain.ts';
import { hostsOf, type Inner } from './inner.ts';
import { keyFiles } from './keys.ts';
import { memberConfig, spelled } from './patroni.ts';
import { type Place, places } from './places.ts';
import { fetchPlaces, fetchScript } from './scripts/fetch.ts';
import { healthScript, leadsScript, leaveScript, memberScript } from './scripts/member.ts';

/** PostgreSQL, each under its Patroni. */
export const membersOf = (inner: Inner, needs: readonly Handle[]): readonly ServiceHandle<string>[] =>
  oneByOne(inner.layout.members, (place, before) => member(inner, place, [...needs, ...before]));

function member(inner: Inner, place: Place, needs: readonly Handle[]): ServiceHandle<string> {
  const { ground, layout } = inner;
  const { name, options, image, version, backups } = ground;
  const common = commonOf(options, place.name.slice(name.length));
  return service(place.name, {
    ...common,
    ...(options.limits && { limits: options.limits }),
    ...(options.availability && { availability: options.availability }),
    needs: [...needs, ...(options.needs ?? [])],
    cluster: name,
    image,
    networks: [inner.inner, ...(backups?.networks ?? [])],
    address: inner.inner.address(place.address),
    hosts: hostsOf(inner.inner, [...layout.members, ...layout.etcd]),
    entrypoint: ['sh'],
    command: [`${inside.told}/run`],
    user: inside.user,
    env: { VERSION: version, PATRONI_NAME: place.name, ...backups?.env },
    files: filesOf(inner, place),
    mounts: {
      [inside.volume]: volume(place.name, common),
      ...backups?.mounts,
    },
    ports: { postgres: places.ports.postgres, control: places.ports.control },
    health: probe.command(['sh', `${inside.told}/health`], { timeout: '10s', within: '5m' }),
    // A container that comes back by itself could not be told from one that is dead: the agent starts it again.
    restart: 'no',
    stop: { grace: '30s', before: ['sh', `${inside.told}/leave`] },
  });
}

const filesOf = ({ ground: { version, backups }, layout, keys }: Inner, { name }: Place) => ({
  ...keyFiles(keys.members, keys),
  [places.config]: spelled(memberConfig(layout, { name, version, backups: backups?.settings })),
  [`${inside.told}/run`]: memberScript,
  [`${inside.told}/leads`]: leadsScript,
  [`${inside.told}/health`]: healthScript(layout),
  [`${inside.told}/leave`]: leaveScript(layout),
  ...(backups && { [`${inside.told}/fetch`]: fetchScript(fetchPlaces), ...backups.files }),
});
