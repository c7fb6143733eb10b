import { describe, expect, test } from 'vitest';
import { type FileSeen, type ProcessTexts, type Snapshot, sessionCommand } from '../../../ports/looking/snapshot.ts';
import { cronIn, memoryIn } from './machine.ts';
import { mountIn } from './mounts.ts';
import { interfaceIn, routeIn } from './network/routes.ts';
import { portIn } from './network/sockets.ts';
import { packageIn } from './packages.ts';
import { peopleIn } from './people.ts';
import { processesIn, processIn } from './processes.ts';
import { sceneOf } from './scene.ts';

const plain = { type: 'file', mode: 0o644, uid: 0, gid: 0, size: 0, modified: 0 } as const;

const textFiles = (texts: Readonly<Record<string, string>>): Snapshot['files'] =>
  new Map(
    Object.entries(texts).map(([path, text]): [string, FileSeen] => [
      path,
      { file: { ...plain, content: { bytes: Buffer.from(text) } } },
    ]),
  );

const snapshotWith = (texts: Readonly<Record<string, string>>, more: Partial<Snapshot> = {}): Snapshot => ({
  at: 0,
  files: textFiles(texts),
  folders: new Map(),
  space: new Map(),
  kernel: new Map(),
  ...more,
});

const network = {
  tcp: `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000   999        0 4711 1 0000000000000000 100 0 0 10 0
   1: 0500000A:0050 0600000A:C350 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000000000000000 20 4 30 10 -1
`,
  tcp6: `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0000000000000000 100 0 0 10 0
   1: 0000000000000000FFFF00000100007F:1F91 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4714 1 0000000000000000 100 0 0 10 0
`,
  udp: `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  100: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4715 2 0000000000000000 0
`,
  udp6: '  sl  local_address remote_address st\n',
  route: `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	0100140A	0003	0	0	0	00000000	0	0	0
eth0	0000140A	00000000	0001	0	0	0	0000FFFF	0	0	0
`,
  ipv6_route: `fd000000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
`,
  dev: `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
  eth0:     796      10    0    0    0     0          0         0        0       0    0    0    0     0       0          0
`,
  if_inet6: 'fd000000000000000000000000000005 02 40 00 80     eth0\n',
  fib_trie: `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 10.20.0.0
        /16 link UNICAST
Local:
     |-- 10.20.0.5
        /32 host LOCAL
     |-- 127.0.0.1
        /32 host LOCAL
`,
};

describe('the network', () => {
  const snapshot = snapshotWith(
    { '/sys/class/net/eth0/mtu': '1500\n', '/sys/class/net/eth0/flags': '0x1003\n' },
    { network: { network } },
  );
  const port = (number: number, protocol: 'tcp' | 'udp' = 'tcp') =>
    portIn(sceneOf(snapshot), { type: 'port', port: number, protocol });

  test('tells which ports are listened on, and by which addresses', () => {
    expect(port(5432)).toMatchObject({ facts: { addresses: ['127.0.0.1'] } });
    expect(port(8080)).toMatchObject({ facts: { addresses: ['::'] } });
    expect(port(8081)).toMatchObject({ facts: { addresses: ['127.0.0.1'] } });
    expect(port(53, 'udp')).toMatchObject({ facts: { addresses: ['0.0.0.0'] } });
    expect(port(80)).toEqual({ missing: 'nothing listens there, but on 5432, 8080, 8081' });
    expect(port(5432, 'udp')).toEqual({ missing: 'nothing listens there, but on 53' });
  });

  test('tells where routes lead', () => {
    expect(routeIn(snapshot, 'default')).toEqual({ facts: { gateway: '10.20.0.1', interface: 'eth0' } });
    expect(routeIn(snapshot, '10.20.7.7/16')).toEqual({ facts: { interface: 'eth0' } });
    expect(routeIn(snapshot, 'fd00::/64')).toEqual({ facts: { interface: 'eth0' } });
    expect(routeIn(snapshot, '10.0.0.0/8')).toEqual({
      missing: 'none leads there, but to default, 10.20.0.0/16, fd00::/64',
    });
  });

  test('tells of interfaces', () => {
    expect(interfaceIn(snapshot, 'eth0')).toEqual({
      facts: { up: true, mtu: 1_500, addresses: ['10.20.0.5/16', 'fd00::5/64'] },
    });
    expect(interfaceIn(snapshot, 'eth1')).toEqual({ missing: 'there is none among lo, eth0' });
    expect(interfaceIn(snapshotWith({}, { network: { network } }), 'eth0')).toHaveProperty('elsewhere');
  });
});

describe('processes', () => {
  interface Told {
    readonly pid: number;
    readonly parent: number;
    readonly words: readonly string[];
    readonly session?: number;
    readonly state?: string;
    readonly name?: string;
  }

  /** As the machine has it, where numbers begin at a thousand. */
  const texts = ({ pid, parent, words, session = 1, state = 'S (sleeping)', name = words[0] }: Told): ProcessTexts => ({
    status: `Name:\t${name}\nState:\t${state}\nPid:\t${1_000 + pid}\nPPid:\t${parent}\nUid:\t0\t1000\t0\t0\nNSpid:\t${1_000 + pid}\t${pid}\nNSsid:\t${1_000 + session}\t${session}\nVmRSS:\t    12 kB\n`,
    cmdline: words.map(word => `${word}\0`).join(''),
  });
  const snapshot = (...all: readonly Told[]) =>
    snapshotWith(
      { '/etc/passwd': 'root:x:0:0::/:/bin/sh\napp:x:1000:1000::/:\n' },
      { processes: { processes: all.map(texts) } },
    );
  const first: Told = { pid: 1, parent: 7, words: ['/usr/bin/node', 'server.js'], name: 'MainThread' };

  test('are found by the name of their program, with who they run as', () => {
    const scene = sceneOf(snapshot(first, { pid: 9, parent: 1_001, words: ['nginx: worker process'], name: 'nginx' }));
    expect(processIn(scene, 'node')).toEqual({
      facts: {
        processes: [{ pid: 1, uid: 1_000, user: 'app', command: ['/usr/bin/node', 'server.js'], resident: 12_288 }],
      },
    });
    expect(processIn(scene, 'nginx')).toHaveProperty('facts');
    expect(processIn(scene, 'redis')).toEqual({ missing: 'none runs among MainThread, nginx' });
  });

  test('that have ended, and sessions of ours with all that is in them, are not the target’s', () => {
    const all = snapshot(
      first,
      { pid: 20, parent: 7, words: sessionCommand, session: 20 },
      { pid: 21, parent: 1_020, words: ['cat', '/etc/passwd'], session: 20 },
      { pid: 22, parent: 1_001, words: ['sh'], state: 'Z (zombie)' },
    );
    expect(processesIn(all).map(({ pid }) => pid)).toEqual([1]);
  });

  test('that are just being started from outside are not yet the target’s', () => {
    const starting: Told = { pid: 20, parent: 7, words: ['runc', 'init'], session: 0, name: 'runc:[2:INIT]' };
    expect(processesIn(snapshot(first, starting)).map(({ pid }) => pid)).toEqual([1]);
  });

  test.each([
    ['as root', [], 60],
    ['by sudo', [{ pid: 42, parent: 1_041, words: ['sudo', '-n', 'sh'], session: 42 }], 42],
    [
      'by sudo and setsid',
      [
        { pid: 42, parent: 1_041, words: ['sudo', '-n', 'setsid'], session: 42 },
        { pid: 43, parent: 1_042, words: ['setsid', '-w', 'sh'], session: 42 },
      ],
      60,
    ],
  ])(
    'of a machine that a session came to over SSH, %s, are told without it and what serves it',
    (_, between, session) => {
      const above = between.at(-1)?.pid ?? 41;
      const all = snapshot(
        { pid: 1, parent: 0, words: ['init'] },
        { pid: 40, parent: 1_001, words: ['/usr/sbin/sshd', '-D'], name: 'sshd', session: 40 },
        { pid: 41, parent: 1_040, words: ['sshd: ops@notty'], name: 'sshd', session: 41 },
        { pid: 50, parent: 1_040, words: ['sshd: ada@pts/0'], name: 'sshd', session: 50 },
        { pid: 51, parent: 1_050, words: ['-bash'], session: 51 },
        ...between,
        { pid: 60, parent: 1_000 + above, words: sessionCommand, session },
        { pid: 61, parent: 1_060, words: ['cat'], session },
      );
      const names = processesIn(all).map(({ command }) => command[0]);
      expect(names).toEqual(['init', '/usr/sbin/sshd', 'sshd: ada@pts/0', '-bash']);
    },
  );

  test('that call themselves a session of ours are seen all the same', () => {
    const liar: Told = { pid: 30, parent: 1_001, words: sessionCommand, session: 30 };
    const another: Told = { pid: 31, parent: 1_001, words: ['runc', 'init'], session: 30, name: 'runc:[2:INIT]' };
    expect(processesIn(snapshot(first, liar, another)).map(({ pid }) => pid)).toEqual([1, 30, 31]);
    expect(processesIn(snapshot({ ...first, words: sessionCommand, session: 1 }))).toHaveLength(1);
  });
});

test('people are told with all their groups', () => {
  const people = peopleIn(
    snapshotWith({
      '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/srv:/bin/false\n',
      '/etc/group': 'root:x:0:\napp:x:1000:\nssl:x:5:app,root\n',
    }),
  );
  expect(people.users.get('app')).toEqual({
    uid: 1_000,
    gid: 1_000,
    home: '/srv',
    shell: '/bin/false',
    groups: ['app', 'ssl'],
  });
  expect(people.groups.get('app')).toEqual({ gid: 1_000, members: ['app'] });
  expect(people.groups.get('ssl')).toEqual({ gid: 5, members: ['app', 'root'] });
  expect([people.userOf(0), people.groupOf(5), people.userOf(7)]).toEqual(['root', 'ssl', undefined]);
});

test('packages are told whole or not at all', () => {
  const dpkg = snapshotWith({
    '/var/lib/dpkg/status':
      'Package: nginx\nStatus: install ok installed\nVersion: 1.22.1-9\n\nPackage: nginx-common\nStatus: install ok half-configured\nVersion: 1\nDepends: nginx\n\nPackage: gone\nStatus: deinstall ok config-files\nVersion: 2\n',
  });
  expect(packageIn(sceneOf(dpkg), 'nginx')).toEqual({ facts: { version: '1.22.1-9', manager: 'dpkg' } });
  expect(packageIn(sceneOf(dpkg), 'nginx-common')).toEqual({ missing: expect.stringContaining('half-configured') });
  expect(packageIn(sceneOf(dpkg), 'gone')).toHaveProperty('missing');
  expect(packageIn(sceneOf(dpkg), 'ngin')).toEqual({ missing: 'it is not installed' });
  const single = new Map([['tzdata', 'Package: tzdata\nVersion: 2024a\n']]);
  const bare = snapshotWith({}, { folders: new Map([['/var/lib/dpkg/status.d', { texts: single }]]) });
  expect(packageIn(sceneOf(bare), 'tzdata')).toEqual({ facts: { version: '2024a', manager: 'dpkg' } });
  const apk = snapshotWith({ '/lib/apk/db/installed': 'C:Q1\nP:musl\nV:1.2.4-r2\n\nP:musl-utils\nV:9\n' });
  expect(packageIn(sceneOf(apk), 'musl')).toEqual({ facts: { version: '1.2.4-r2', manager: 'apk' } });
  const rpm = snapshotWith({ '/var/lib/rpm': '' });
  expect(packageIn(sceneOf(rpm), 'bash')).toHaveProperty('elsewhere');
  expect(packageIn(sceneOf(snapshotWith({})), 'bash')).toEqual({ missing: 'it has no package manager that is known' });
});

test('mounts are told with what holds of them in the end', () => {
  const text = [
    '115 63 0:52 / / rw,relatime master:4 - overlay overlay rw,lowerdir=/a',
    '116 115 0:55 / /srv/a\\040b rw,noexec - ext4 /dev/vda1 ro',
    '117 116 0:56 / /srv/a\\040b ro,nosuid shared:1 master:2 - tmpfs tmpfs rw,size=64k',
    '118 115 0:57 / /data rw - ext4 /dev/vdb ro',
  ].join('\n');
  const snapshot = snapshotWith({}, { mounts: { text } });
  expect(mountIn(snapshot, '/')).toMatchObject({ facts: { filesystem: 'overlay', source: 'overlay' } });
  expect(mountIn(snapshot, '/srv/a b')).toEqual({
    facts: { filesystem: 'tmpfs', source: 'tmpfs', options: ['ro', 'nosuid', 'size=64k'] },
  });
  expect(mountIn(snapshot, '/data')).toMatchObject({ facts: { options: ['ro'] } });
  expect(mountIn(snapshot, '/srv')).toEqual({ missing: 'nothing is mounted there' });
});

test('memory is that of the container where it has a limit, else that of the machine', () => {
  const meminfo = { '/proc/meminfo': 'MemTotal:       1000 kB\nMemFree: 1 kB\nMemAvailable:    400 kB\n' };
  const of = (texts: Readonly<Record<string, string>>) => memoryIn(snapshotWith({ ...meminfo, ...texts }));
  const machine = { facts: { total: 1_024_000, available: 409_600 } };
  expect(of({})).toEqual(machine);
  expect(of({ '/sys/fs/cgroup/memory.max': 'max\n' })).toEqual(machine);
  expect(of({ '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n' })).toEqual(machine);
  expect(
    of({
      '/sys/fs/cgroup/memory.max': '500000\n',
      '/sys/fs/cgroup/memory.current': '300000\n',
      '/sys/fs/cgroup/memory.stat': 'anon 1\ninactive_file 100000\n',
    }),
  ).toEqual({ facts: { total: 500_000, available: 300_000 } });
});

test('cron is told from wherever it is written down', () => {
  const folders = new Map([['/etc/cron.d', { texts: new Map([['app', 'PATH=/bin\n@daily app  clean up\n# no\n']]) }]]);
  const snapshot = snapshotWith(
    {
      '/etc/crontab': 'SHELL=/bin/sh\n17 *\t* * *\troot\tcd / && run-parts\n5 4 * * * app /app/a b\n',
      '/var/spool/cron/crontabs/app': '0 0 1 1 * date +%Y\n',
    },
    { folders },
  );
  expect(cronIn(snapshot, 'app')).toEqual({
    facts: {
      entries: [
        { schedule: '5 4 * * *', command: '/app/a b' },
        { schedule: '@daily', command: 'clean up' },
        { schedule: '0 0 1 1 *', command: 'date +%Y' },
      ],
    },
  });
  expect(cronIn(snapshot, 'root')).toEqual({
    facts: { entries: [{ schedule: '17 * * * *', command: 'cd / && run-parts' }] },
  });
  expect(cronIn(snapshot, 'nobody')).toEqual({ facts: { entries: [] } });
});
