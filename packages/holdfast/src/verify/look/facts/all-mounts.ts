import type { MountsFacts, OneMount } from '../../../model/assertion/facts/whole.ts';
import type { Snapshot } from '../../../ports/looking/snapshot.ts';
import type { Glance } from './glance.ts';
import { mountsIn } from './mounts.ts';
import { notRead } from './texts.ts';

/** Every file system that is mounted, but those that an engine gives to each container. */
export function mountsOf({ mounts = notRead }: Snapshot): Glance<MountsFacts> {
  if (!('text' in mounts)) return mounts;
  return { facts: { mounts: mountsIn(mounts.text).filter(mount => !isOfEngine(mount)) } };
}

/** By path, as Docker and Podman mount them; elsewhere, or of another kind, the same is somebody's own. */
const ofEngines: readonly { readonly at: RegExp; readonly filesystems?: readonly string[] }[] = [
  { at: /^\/$/ },
  // Parts of it that must not be written to, or not be seen, are covered.
  {
    at: /^\/proc(\/(acpi|asound|bus|fs|interrupts|irq|kcore|keys|latency_stats|sched_debug|scsi|sys|sysrq-trigger|timer_list|timer_stats))?$/,
    filesystems: ['proc', 'tmpfs'],
  },
  { at: /^\/sys(\/(firmware|devices\/virtual\/powercap))?$/, filesystems: ['sysfs', 'tmpfs'] },
  { at: /^\/sys\/fs\/cgroup(\/[^/]+)?$/, filesystems: ['cgroup', 'cgroup2', 'tmpfs'] },
  { at: /^\/dev$/, filesystems: ['tmpfs'] },
  { at: /^\/dev\/(pts|console)$/, filesystems: ['devpts'] },
  { at: /^\/dev\/shm$/, filesystems: ['tmpfs'] },
  { at: /^\/dev\/mqueue$/, filesystems: ['mqueue'] },
  { at: /^\/etc\/(resolv\.conf|hostname|hosts)$/ },
  // The small init that is the first process where the service brings none.
  { at: /^((\/usr)?\/sbin\/docker-init|\/run\/podman-init)$/ },
];

const isOfEngine = ({ at, filesystem }: OneMount): boolean =>
  ofEngines.some(one => one.at.test(at) && (one.filesystems?.includes(filesystem) ?? true));
