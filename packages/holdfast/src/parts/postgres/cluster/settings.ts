import type { ServiceHandle } from '../../../model/service-handle.ts';
import { job } from '../../../model/task.ts';
import { commonOf } from '../common.ts';
import { inside } from '../inside.ts';
import { hostsOf, type Inner } from './inner.ts';
import { keyFiles } from './keys.ts';
import { agreed, memberConfig, spelled } from './patroni.ts';
import { places } from './places.ts';
import { settingsScript } from './scripts/settings.ts';

/** Brings the settings to a cluster that runs: once for all members, and again each time that they change. */
export function settingsOf({ ground, layout, inner, keys }: Inner, etcd: readonly ServiceHandle<string>[]) {
  const { name, options, version, image, backups } = ground;
  const { strict = false, settings } = options;
  const own = { name: `${name}-settings`, version, backups: undefined };
  return job(own.name, {
    ...commonOf(options, '-settings'),
    needs: etcd,
    image,
    network: inner,
    hosts: hostsOf(inner, [...layout.members, ...layout.etcd]),
    entrypoint: ['sh'],
    command: [`${inside.told}/settings`],
    user: inside.user,
    files: {
      ...keyFiles(keys.members, keys),
      [places.config]: spelled(memberConfig(layout, own)),
      [`${inside.told}/agreed.json`]: spelled(
        agreed({ strict, ...(settings && { settings }), backups: backups?.settings }),
      ),
      [`${inside.told}/settings`]: settingsScript(layout),
    },
  });
}
