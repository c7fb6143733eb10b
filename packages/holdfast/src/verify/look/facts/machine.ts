import type {
  CronEntry,
  CronFacts,
  EnvironmentFacts,
  KernelParameterFacts,
  MemoryFacts,
} from '../../../model/assertion/facts/machine.ts';
import type { Snapshot } from '../../../ports/looking/snapshot.ts';
import type { Glance } from './glance.ts';
import { notRead, textAt, textsIn } from './texts.ts';

export function environmentIn({ environment = notRead }: Snapshot, name: string): Glance<EnvironmentFacts> {
  if (!('text' in environment)) return environment;
  const found = environment.text.split('\0').find(one => one.startsWith(`${name}=`));
  return found === undefined ? { missing: 'it is not set' } : { facts: { value: found.slice(name.length + 1) } };
}

export function kernelParameterIn({ kernel }: Snapshot, name: string): Glance<KernelParameterFacts> {
  const seen = kernel.get(name) ?? notRead;
  return 'text' in seen ? { facts: { value: seen.text } } : seen;
}

const groups = {
  limit: ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'],
  usage: ['/sys/fs/cgroup/memory.current', '/sys/fs/cgroup/memory/memory.usage_in_bytes'],
  statistics: ['/sys/fs/cgroup/memory.stat', '/sys/fs/cgroup/memory/memory.stat'],
} as const;

/** Of both versions of control groups, and of the machine. */
export const memoryFiles: readonly string[] = [...Object.values(groups).flat(), '/proc/meminfo'];

export function memoryIn(snapshot: Snapshot): Glance<MemoryFacts> {
  const first = (paths: readonly string[]): string =>
    paths.map(path => textAt(snapshot, path)).find(text => text !== undefined) ?? '';
  const machine = textAt(snapshot, '/proc/meminfo') ?? '';
  const total = kilobytes(machine, 'MemTotal');
  if (total === undefined) return { elsewhere: '/proc/meminfo tells nothing' };
  const limit = Number(first(groups.limit).trim() || Number.NaN);
  // Where there is none, the older ones say a number that no machine has.
  if (!(limit < total)) return { facts: { total, available: kilobytes(machine, 'MemAvailable') ?? 0 } };
  const [, inactive = '0'] = /^(?:total_)?inactive_file (\d+)$/m.exec(first(groups.statistics)) ?? [];
  const used = Math.max(0, Number(first(groups.usage)) - Number(inactive));
  return { facts: { total: limit, available: Math.max(0, limit - used) } };
}

function kilobytes(text: string, name: string): number | undefined {
  const [, value] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text) ?? [];
  return value === undefined ? undefined : Number(value) * 1_024;
}

const personal = (user: string): readonly string[] =>
  ['/var/spool/cron/crontabs', '/var/spool/cron', '/etc/crontabs'].map(folder => `${folder}/${user}`);

/** Where jobs are written down: of everybody, and of one user. */
export const cronFiles = (user: string): readonly string[] => ['/etc/crontab', ...personal(user)];
export const cronFolders = ['/etc/cron.d'] as const;

export function cronIn(snapshot: Snapshot, user: string): Glance<CronFacts> {
  const ofAll = [textAt(snapshot, '/etc/crontab') ?? '', ...textsIn(snapshot, cronFolders[0]).values()];
  const own = personal(user).map(path => textAt(snapshot, path) ?? '');
  const entries = [...ofAll.flatMap(jobsIn).flatMap(job => withUser(job, user)), ...own.flatMap(jobsIn)];
  return { facts: { entries } };
}

/** Lines as in crontab(5), but those that set a variable. */
const jobsIn = (text: string): readonly CronEntry[] =>
  text.split('\n').flatMap(line => {
    const [, schedule, command] = /^\s*(@\w+|(?:[^\s#=]+\s+){4}[^\s=]+)\s+(\S.*?)\s*$/.exec(line) ?? [];
    if (schedule === undefined || command === undefined || /^\s*\w+\s*=/.test(line)) return [];
    return [{ schedule: schedule.replaceAll(/\s+/g, ' '), command }];
  });

/** In those of everybody, the user stands before the command. */
function withUser({ schedule, command }: CronEntry, user: string): readonly CronEntry[] {
  const [, who, what] = /^(\S+)\s+(.*)$/.exec(command) ?? [];
  return who === user && what !== undefined ? [{ schedule, command: what }] : [];
}
