import type { DirectoryFacts, FileFacts, MountFacts } from '../facts/files.ts';
import type { ContainerFacts, OneProcess, UnitFacts } from '../facts/machine.ts';
import type { GroupFacts, UserFacts } from '../facts/people.ts';
import type { CommandFacts, ImageFacts, PackageFacts } from '../facts/software.ts';
import { missing, type Row, rows } from './row.ts';

const file: FileFacts = {
  type: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  user: 'root',
  group: 'root',
  size: 3,
  content: 'v24',
  sha256: 'a'.repeat(64),
  writable: [],
};
const directory: DirectoryFacts = { ...file, type: 'directory', mode: 0o755, entries: ['server.js'] };
const mount: MountFacts = { filesystem: 'ext4', source: '/dev/vda1', options: ['ro', 'noexec'] };

const files: readonly Row[] = [
  ...rows(
    'file',
    [['exists'], file, missing, 'exists', 'does not exist', 'gone'],
    [['isFile'], file, { ...file, type: 'directory' }, 'is a file', 'is not a file', 'it is a directory'],
    [['isDirectory'], { ...file, type: 'directory' }, file, 'is a directory', 'is not a directory', 'it is a file'],
    [
      ['isLinkTo', 'b'],
      { ...file, link: 'b' },
      { ...file, link: 'c' },
      'is a symbolic link to b',
      'is not a symbolic link to b',
      'it leads to c',
    ],
    [['hasMode', '644'], file, { ...file, mode: 0o4755 }, 'has mode 0644', 'does not have mode 0644', 'mode 4755'],
    [
      ['isOwnedBy', 'root:0'],
      file,
      { ...file, gid: 7, group: 'app' },
      'is owned by root:0',
      'is not owned by root:0',
      'owner root:app',
    ],
    [
      ['contains', 'v24'],
      file,
      { ...file, content: 'v23' },
      'contains "v24"',
      'does not contain "v24"',
      '3 characters without it',
    ],
    [
      ['contains', /V\d+/i],
      file,
      { ...file, content: '' },
      'contains /V\\d+/i',
      'does not contain /V\\d+/i',
      '0 characters without it',
    ],
    [
      ['hasSha256', 'a'.repeat(64)],
      file,
      { ...file, sha256: 'b' },
      `has SHA-256 ${'a'.repeat(64)}`,
      `does not have SHA-256 ${'a'.repeat(64)}`,
      'SHA-256 b',
    ],
    [
      ['isSmallerThan', '1kB'],
      file,
      { ...file, size: 1_000 },
      'is smaller than 1kB',
      'is not smaller than 1kB',
      '1.0 kB',
    ],
    [
      ['isReadOnly'],
      file,
      { ...file, writable: ['/app', '/app/x'] },
      'is read-only for all but root',
      'is not read-only for all but root',
      'others may write to /app, /app/x',
    ],
    [['isExecutable'], { ...file, mode: 0o755 }, file, 'is executable', 'is not executable', 'mode 0644'],
  ),
  ...rows(
    'directory',
    [['exists'], directory, missing, 'exists', 'does not exist', 'gone'],
    [['hasMode', '0755'], directory, file, 'has mode 0755', 'does not have mode 0755', 'mode 0644'],
    [
      ['isOwnedBy', 'root'],
      directory,
      { ...directory, user: 'app', uid: 7 },
      'is owned by root',
      'is not owned by root',
      'owner app:root',
    ],
    [
      ['isReadOnly'],
      directory,
      { ...directory, writable: ['/app'] },
      'is read-only for all but root',
      'is not read-only for all but root',
      'others may write to /app',
    ],
    [
      ['has', 'server.js'],
      directory,
      { ...directory, entries: ['a'] },
      'has server.js in it',
      'does not have server.js in it',
      'a',
    ],
    [['isEmpty'], { ...directory, entries: [] }, directory, 'is empty', 'is not empty', 'server.js'],
  ),
  ...rows(
    'mount',
    [['isMounted'], mount, missing, 'is mounted', 'is not mounted', 'gone'],
    [
      ['isOfType', 'ext4'],
      mount,
      { ...mount, filesystem: 'tmpfs' },
      'is of type ext4',
      'is not of type ext4',
      'type tmpfs',
    ],
    [
      ['comesFrom', '/dev/vda1'],
      mount,
      { ...mount, source: 'tmpfs' },
      'comes from /dev/vda1',
      'does not come from /dev/vda1',
      'it comes from tmpfs',
    ],
    [
      ['hasOption', 'noexec'],
      mount,
      { ...mount, options: ['rw'] },
      'has the option noexec',
      'does not have the option noexec',
      'options rw',
    ],
    [
      ['isReadOnly'],
      mount,
      { ...mount, options: ['rw'] },
      'is mounted read-only',
      'is not mounted read-only',
      'options rw',
    ],
  ),
  ...rows(
    'disk',
    [
      ['hasFree', '10%'],
      { total: 1e9, free: 1e8 },
      { total: 1e9, free: 9e7 },
      'has at least 10% free',
      'does not have at least 10% free',
      '90 MB of 1.0 GB free',
    ],
    [
      ['hasFree', '100MB'],
      { total: 1e9, free: 1e8 },
      { total: 1e9, free: 9e7 },
      'has at least 100MB free',
      'does not have at least 100MB free',
      '90 MB of 1.0 GB free',
    ],
    [
      ['hasFreeInodes', '50%'],
      { total: 1, free: 1, inodes: { total: 10, free: 5 } },
      { total: 1, free: 1, inodes: { total: 10, free: 4 } },
      'has at least 50% of its inodes free',
      'does not have at least 50% of its inodes free',
      '4 of 10 inodes free',
    ],
  ),
];

const user: UserFacts = { uid: 1, gid: 2, home: '/home/app', shell: '/bin/sh', groups: ['app', 'docker'] };
const group: GroupFacts = { gid: 2, members: ['app'] };

const people: readonly Row[] = [
  ...rows(
    'user',
    [['exists'], user, missing, 'exists', 'does not exist', 'gone'],
    [['hasUid', 1], user, { ...user, uid: 0 }, 'has uid 1', 'does not have uid 1', 'uid 0'],
    [['hasGid', 2], user, { ...user, gid: 0 }, 'has gid 2', 'does not have gid 2', 'gid 0'],
    [
      ['hasHome', '/home/app'],
      user,
      { ...user, home: '/' },
      'has home /home/app',
      'does not have home /home/app',
      'home /',
    ],
    [
      ['hasShell', '/bin/sh'],
      user,
      { ...user, shell: '/bin/bash' },
      'has shell /bin/sh',
      'does not have shell /bin/sh',
      'shell /bin/bash',
    ],
    [['isIn', 'docker'], user, { ...user, groups: ['app'] }, 'is in group docker', 'is not in group docker', 'app'],
    [
      ['canLogIn'],
      user,
      { ...user, shell: '/usr/sbin/nologin' },
      'can log in',
      'cannot log in',
      'shell /usr/sbin/nologin',
    ],
  ),
  ...rows(
    'group',
    [['exists'], group, missing, 'exists', 'does not exist', 'gone'],
    [['hasGid', 2], group, { ...group, gid: 0 }, 'has gid 2', 'does not have gid 2', 'gid 0'],
    [
      ['hasMember', 'app'],
      group,
      { ...group, members: [] },
      'has app as a member',
      'does not have app as a member',
      'nobody is in it',
    ],
  ),
];

const command: CommandFacts = { exitCode: 0, stdout: 'v24.1\n', stderr: '' };
const said: CommandFacts = { exitCode: 1, stdout: '', stderr: 'no such thing\n' };
const json: CommandFacts = { ...command, stdout: '{"items":[{"name":"a"}]}' };
const nginx: PackageFacts = { version: '1.22.1-9+deb12u1', manager: 'dpkg' };
const image: ImageFacts = {
  digest: `sha256:${'a'.repeat(64)}`,
  layers: 3,
  size: 5e7,
  user: '',
  secrets: [],
  setId: [],
};
const compare = ['has fewer clients than 100', '.clients', 'below', 100] as const;

const software: readonly Row[] = [
  ...rows(
    'command',
    [
      ['exits', 0],
      command,
      said,
      'exits with 0',
      'does not exit with 0',
      'it exits with 1, and says on stderr "no such thing"',
    ],
    [
      ['prints', /^v24\b/],
      command,
      said,
      'prints /^v24\\b/',
      'does not print /^v24\\b/',
      'it prints nothing, and says on stderr "no such thing"',
    ],
    [['printsNothing'], said, command, 'prints nothing', 'prints something', 'it prints "v24.1"'],
    [
      ['printsJson', '.items[0].name', 'a'],
      json,
      command,
      'prints JSON with "a" at .items[0].name',
      'does not print JSON with "a" at .items[0].name',
      'it is no JSON: "v24.1"',
    ],
    [
      ['complains', 'no such'],
      said,
      command,
      'says "no such" on stderr',
      'does not say "no such" on stderr',
      'it says nothing there',
    ],
    [
      ['complainsOfNothing'],
      command,
      said,
      'says nothing on stderr',
      'says something on stderr',
      'it says "no such thing"',
    ],
  ),
  ...rows(
    'package',
    [['isInstalled'], nginx, missing, 'is installed', 'is not installed', 'gone'],
    [
      ['hasVersion', '1.22'],
      nginx,
      { ...nginx, version: '1.221' },
      'has version 1.22',
      'does not have version 1.22',
      'version 1.221',
    ],
    [
      ['hasExactVersion', '1.22.1-9+deb12u1'],
      nginx,
      { ...nginx, version: '1.22.1-9+deb12u1.1' },
      'has version 1.22.1-9+deb12u1 and no other',
      'has another version than 1.22.1-9+deb12u1',
      'version 1.22.1-9+deb12u1.1',
    ],
  ),
  ...rows(
    'image',
    [
      ['hasLayersUpTo', 3],
      image,
      { ...image, layers: 4 },
      'has at most 3 layers',
      'has more than 3 layers',
      '4 layers',
    ],
    [
      ['isSmallerThan', '100MB'],
      image,
      { ...image, size: 1e8 },
      'is smaller than 100MB',
      'is not smaller than 100MB',
      '100 MB',
    ],
    [['runsAs', 'app'], { ...image, user: 'app' }, image, 'runs as app', 'does not run as app', 'user root'],
    [
      ['hasDigest', image.digest],
      image,
      { ...image, digest: 'sha256:b' },
      `has the digest ${image.digest}`,
      `does not have the digest ${image.digest}`,
      'sha256:b',
    ],
    [
      ['hasNoSecret'],
      image,
      { ...image, secrets: ['/id_rsa'] },
      'has no secret in it',
      'has a secret in it',
      '/id_rsa',
    ],
    [
      ['hasNoSetId'],
      image,
      { ...image, setId: [{ path: '/bin/su', package: 'util-linux' }] },
      'has no file with a set-id bit',
      'has a file with a set-id bit',
      '/bin/su (of util-linux)',
    ],
  ),
  ...rows('custom', [
    ['compares', ...compare],
    { value: { clients: 5 } },
    { value: { clients: 500 } },
    'has fewer clients than 100',
    'does not have fewer clients than 100',
    '500',
  ]),
];

const node: OneProcess = { pid: 7, uid: 1, user: 'app', command: ['node', 'server.js'], resident: 5e7 };
const asRoot: OneProcess = { pid: 8, uid: 0, user: 'root', command: ['node'], resident: 5e7 };
const unit: UnitFacts = { init: 'systemd', state: 'active (running)', running: true, enabled: true };
const stopped: UnitFacts = { init: 'sysv', state: 'stopped', running: false, enabled: false };
const state = 'stopped, not enabled, under sysv';
const container: ContainerFacts = {
  user: 'app',
  capabilities: [],
  readOnlyRoot: true,
  privileged: false,
  noNewPrivileges: true,
  memory: 5e8,
  cpu: 500,
  processes: 100,
  image: image.digest,
  restarts: 0,
};
const loose: ContainerFacts = {
  user: '',
  capabilities: ['NET_RAW'],
  readOnlyRoot: false,
  privileged: true,
  noNewPrivileges: false,
  image: 'sha256:b',
  restarts: 2,
};

const machine: readonly Row[] = [
  ...rows(
    'process',
    [['runs'], { processes: [node] }, missing, 'runs', 'does not run', 'gone'],
    [
      ['runsAs', 'app'],
      { processes: [node] },
      { processes: [node, asRoot] },
      'runs as app',
      'does not run as app',
      'user app, user root',
    ],
    [
      ['runsTimes', 1],
      { processes: [node] },
      { processes: [node, asRoot] },
      'runs once',
      'does not run once',
      'pids 7, 8',
    ],
    [
      ['isStartedWith', 'server.js'],
      { processes: [node] },
      { processes: [asRoot] },
      'is started with "server.js"',
      'is not started with "server.js"',
      'node',
    ],
    [
      ['usesLessMemoryThan', '80MB'],
      { processes: [node] },
      { processes: [node, asRoot] },
      'uses less memory than 80MB',
      'does not use less memory than 80MB',
      '100 MB',
    ],
  ),
  ...rows(
    'environment',
    [['isSet'], { value: 'x' }, missing, 'is set', 'is not set', 'gone'],
    [
      ['hasValue', 'production'],
      { value: 'production' },
      { value: 'hunter2' },
      'is "production"',
      'is not "production"',
      'it is set, to something of 7 characters',
    ],
  ),
  ...rows(
    'kernel-parameter',
    [['exists'], { value: '1' }, missing, 'exists', 'does not exist', 'gone'],
    [['hasValue', '1 2'], { value: '1\t2' }, { value: '1 3' }, 'is 1 2', 'is not 1 2', 'it is 1 3'],
    [['isAtLeast', 10], { value: '10' }, { value: '9' }, 'is at least 10', 'is not at least 10', 'it is 9'],
  ),
  ...rows(
    'memory',
    [
      ['hasTotal', '1GB'],
      { total: 1e9, available: 0 },
      { total: 9e8, available: 0 },
      'is at least 1GB',
      'is not at least 1GB',
      '900 MB',
    ],
    [
      ['hasAvailable', '10%'],
      { total: 1e9, available: 1e8 },
      { total: 1e9, available: 0 },
      'has at least 10% available',
      'does not have at least 10% available',
      '0 B of 1.0 GB available',
    ],
  ),
  ...rows(
    'unit',
    [['exists'], unit, missing, 'exists', 'does not exist', 'gone'],
    [['isRunning'], unit, stopped, 'is running', 'is not running', state],
    [['isEnabled'], unit, stopped, 'is enabled', 'is not enabled', state],
    [['isUnder', 'systemd'], unit, stopped, 'is under systemd', 'is not under systemd', state],
  ),
  ...rows(
    'cron',
    [
      ['runs', 'backup', '0 3 * * *'],
      { entries: [{ schedule: '0 3 * * *', command: '/bin/backup' }] },
      { entries: [{ schedule: '@daily', command: '/bin/backup' }] },
      'runs "backup" at 0 3 * * *',
      'does not run "backup" at 0 3 * * *',
      '@daily /bin/backup',
    ],
    [
      ['isEmpty'],
      { entries: [] },
      { entries: [{ schedule: '@daily', command: 'x' }] },
      'is empty',
      'is not empty',
      '@daily x',
    ],
  ),
  ...rows('log', [
    ['hasLine', 'ready'],
    { lines: ['ready'] },
    { lines: ['starting', 'failed'] },
    'has a line with "ready"',
    'has no line with "ready"',
    '2 lines without it, the last: "failed"',
  ]),
  ...rows(
    'container',
    [['runsAs', 'app'], container, loose, 'runs as app', 'does not run as app', 'user root'],
    [
      ['isReadOnly'],
      container,
      loose,
      'has a read-only root',
      'does not have a read-only root',
      'its root can be written to',
    ],
    [['isPrivileged'], loose, container, 'is privileged', 'is not privileged', 'it is not'],
    [['canGainPrivileges'], loose, container, 'can gain privileges', 'cannot gain privileges', 'no new privileges'],
    [
      ['hasCapability', 'NET_RAW'],
      loose,
      container,
      'has the capability NET_RAW',
      'does not have the capability NET_RAW',
      'no capability',
    ],
    [['hasNoCapability'], container, loose, 'has no capability', 'has a capability', 'NET_RAW'],
    [
      ['hasMemoryLimit', '512MB'],
      container,
      loose,
      'may take no more memory than 512MB',
      'may take more memory than 512MB',
      'it has no limit',
    ],
    [
      ['hasCpuLimit', 0.5],
      container,
      { ...container, cpu: 2_000 },
      'may take no more than 0.5 processors',
      'may take more than 0.5 processors',
      '2 processors',
    ],
    [
      ['hasProcessLimit', 100],
      container,
      { ...container, processes: 101 },
      'may have no more than 100 threads',
      'may have more than 100 threads',
      '101 threads',
    ],
    [
      ['runsImage', image.digest],
      container,
      loose,
      `runs the image ${image.digest}`,
      `does not run the image ${image.digest}`,
      'sha256:b',
    ],
    [['wasRestarted'], loose, container, 'was restarted', 'was never restarted', '0 restarts'],
  ),
];

/** Matchers of what is inside of a target. */
export const insideRows: readonly Row[] = [...files, ...people, ...software, ...machine];
