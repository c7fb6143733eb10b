import type Docker from 'dockerode';
import type { ContainerFacts } from '../../../model/assertion/facts/machine.ts';
import { usualCapabilities } from '../../../ports/capabilities.ts';

/** A container as the engine made it. */
export function containerFacts({
  Config,
  HostConfig,
  Image,
  RestartCount,
}: Docker.ContainerInspectInfo): ContainerFacts {
  const { Memory = 0, PidsLimit = 0, SecurityOpt } = HostConfig;
  const cpu = thousandthsOf(HostConfig);
  return {
    user: Config.User,
    capabilities: capabilitiesOf(HostConfig),
    readOnlyRoot: HostConfig.ReadonlyRootfs === true,
    privileged: HostConfig.Privileged === true,
    noNewPrivileges: (SecurityOpt ?? []).some((option: string) => /^no-new-privileges([:=]true)?$/.test(option)),
    ...(Memory > 0 && { memory: Memory }),
    ...(cpu > 0 && { cpu }),
    ...(PidsLimit !== null && PidsLimit > 0 && { processes: PidsLimit }),
    image: Image,
    restarts: RestartCount,
  };
}

/** A share of a processor is said in one of two ways. */
function thousandthsOf({ NanoCpus = 0, CpuQuota = 0, CpuPeriod = 0 }: Docker.HostConfig): number {
  if (NanoCpus > 0) return NanoCpus / 1_000_000;
  return CpuQuota > 0 ? (CpuQuota / (CpuPeriod || 100_000)) * 1_000 : 0;
}

function capabilitiesOf({ Privileged, CapAdd, CapDrop }: Docker.HostConfig): readonly string[] {
  const [added, dropped] = [CapAdd, CapDrop].map(names =>
    (names ?? []).map((name: string) => name.replace(/^CAP_/, '')),
  );
  if (Privileged) return every.toSorted();
  const all = added?.includes('ALL')
    ? every
    : [...(dropped?.includes('ALL') ? [] : usualCapabilities), ...(added ?? [])];
  return [...new Set(all)].filter(name => !dropped?.includes(name)).toSorted();
}

/** All that there are, by capabilities(7). */
const every = [
  ...usualCapabilities,
  'AUDIT_CONTROL',
  'AUDIT_READ',
  'BLOCK_SUSPEND',
  'BPF',
  'CHECKPOINT_RESTORE',
  'DAC_READ_SEARCH',
  'IPC_LOCK',
  'IPC_OWNER',
  'LEASE',
  'LINUX_IMMUTABLE',
  'MAC_ADMIN',
  'MAC_OVERRIDE',
  'NET_ADMIN',
  'NET_BROADCAST',
  'PERFMON',
  'SYSLOG',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_MODULE',
  'SYS_NICE',
  'SYS_PACCT',
  'SYS_PTRACE',
  'SYS_RAWIO',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'WAKE_ALARM',
];
