import { describe, expect, test } from 'vitest';
import type { NetworkTexts, ProcessTexts, Snapshot } from '../../../ports/looking/snapshot.ts';
import { mountsOf } from './all-mounts.ts';
import { listeningOf } from './network/listening.ts';
import { ownersOf } from './processes.ts';
import { sceneOf } from './scene.ts';

const empty: Snapshot = { at: 0, files: new Map(), folders: new Map(), space: new Map(), kernel: new Map() };

const socket = (at: number, local: string, state: string, inode: number) =>
  `   ${at}: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0000000000000000 100 0 0 10 0`;

const table = (...lines: readonly string[]): string =>
  ['  sl  local_address rem_address   st', ...lines, ''].join('\n');

/** As Docker 20.10 leaves it in a network of a user, with a service on 8080 and a debugger on 9229. */
const network: NetworkTexts = {
  tcp: table(socket(0, '0B00007F:8429', '0A', 579_070), socket(1, '0100007F:240D', '0A', 12)),
  tcp6: table(
    socket(0, '00000000000000000000000000000000:1F90', '0A', 11),
    socket(1, '00000000000000000000000000000000:1F90', '0A', 11),
  ),
  udp: table(socket(0, '0B00007F:C0A1', '07', 579_069), socket(1, '00000000:A001', '07', 13)),
  udp6: table(socket(0, '00000000000000000000000000000000:0035', '07', 14)),
  ...{ route: '', ipv6_route: '', dev: '', if_inet6: '', fib_trie: '' },
};

const node: ProcessTexts = {
  status: 'Name:\tnode\nPid:\t901\nPPid:\t900\nNSpid:\t901\t7\nNSsid:\t900\t1\nUid:\t1000\t1000\t1000\t1000\n',
  cmdline: 'node\0server.js\0',
  sockets: ['11', '12', '13'],
};

const listening = (of: Partial<NetworkTexts>, processes: readonly ProcessTexts[], more: Partial<Snapshot> = {}) => {
  const snapshot = { ...empty, network: { network: { ...network, ...of } }, processes: { processes }, ...more };
  const seen = listeningOf(sceneOf(snapshot));
  return 'facts' in seen
    ? seen.facts.sockets.map(({ port, address, program }) => `${port} ${address} ${program}`)
    : seen;
};

describe('all that a target listens on', () => {
  test('is told with who holds it, and once, without the sockets of the engine and of clients', () => {
    expect(listening({}, [node])).toEqual(['9229 127.0.0.1 node', '8080 :: node', '53 :: undefined']);
  });

  test('has in it what a process of the target holds on the address of the DNS of Docker', () => {
    const own = { ...node, sockets: ['579070', '579069'] };
    expect(listening({}, [own])).toContain('33833 127.0.0.11 node');
  });

  test('has in it what is on that address, but on a port that somebody asked for', () => {
    expect(listening({ tcp: table(socket(0, '0B00007F:1F90', '0A', 1)) }, [])).toContain('8080 127.0.0.11 undefined');
  });

  test('goes by the ports that the kernel of the target gives', () => {
    const kernel = new Map([['net.ipv4.ip_local_port_range', { text: '45000\t60999' }]]);
    expect(listening({}, [node], { kernel })).toEqual([
      '33833 127.0.0.11 undefined',
      '9229 127.0.0.1 node',
      '8080 :: node',
      '40961 0.0.0.0 node',
      '53 :: undefined',
    ]);
  });

  test('is not known where the network could not be read', () => {
    expect(listeningOf(sceneOf({ ...empty, network: { unknown: 'it hangs' } }))).toEqual({ unknown: 'it hangs' });
    expect(listeningOf(sceneOf(empty))).toEqual({ unknown: 'nobody looked' });
  });
});

test('all processes are told, with their users, and are not known where nobody looked', () => {
  expect(ownersOf(sceneOf({ ...empty, processes: { processes: [node] } }))).toEqual({
    facts: { processes: [{ pid: 7, uid: 1_000, command: ['node', 'server.js'], resident: 0 }] },
  });
  expect(ownersOf(sceneOf(empty))).toEqual({ unknown: 'nobody looked' });
});

/** As Docker 20.10 mounts them, with one volume. */
const usual = `76 51 0:39 / / rw,relatime master:2 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/G
77 76 0:42 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
78 76 0:43 / /dev rw,nosuid - tmpfs tmpfs rw,size=65536k,mode=755
79 78 0:44 / /dev/pts rw,nosuid,noexec,relatime - devpts devpts rw,gid=5,mode=620,ptmxmode=666
80 76 0:45 / /sys ro,nosuid,nodev,noexec,relatime - sysfs sysfs ro
81 80 0:46 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime - tmpfs tmpfs rw,mode=755
82 81 0:29 /docker/5e3b /sys/fs/cgroup/cpu ro,nosuid,nodev,noexec,relatime - cgroup cgroup rw,cpu
91 78 0:41 / /dev/mqueue rw,nosuid,nodev,noexec,relatime - mqueue mqueue rw
92 78 0:47 / /dev/shm rw,nosuid,nodev,noexec,relatime - tmpfs shm rw,size=65536k
93 76 254:0 /usr/bin/tini-static /usr/sbin/docker-init ro,relatime - ext4 /dev/vda rw,discard
94 76 254:0 /var/lib/docker/volumes/v/_data /data rw,relatime master:1 - ext4 /dev/vda rw,discard
95 76 254:0 /var/lib/docker/containers/5e3b/resolv.conf /etc/resolv.conf rw,relatime - ext4 /dev/vda rw,discard
96 76 254:0 /var/lib/docker/containers/5e3b/hostname /etc/hostname rw,relatime - ext4 /dev/vda rw,discard
97 76 254:0 /var/lib/docker/containers/5e3b/hosts /etc/hosts rw,relatime - ext4 /dev/vda rw,discard
52 77 0:42 /bus /proc/bus ro,nosuid,nodev,noexec,relatime - proc proc rw
56 77 0:48 / /proc/acpi ro,relatime - tmpfs tmpfs ro
57 77 0:43 /null /proc/keys rw,nosuid - tmpfs tmpfs rw,size=65536k,mode=755
59 80 0:49 / /sys/firmware ro,relatime - tmpfs tmpfs ro
`;

const mounted = (text: string) => {
  const seen = mountsOf({ ...empty, mounts: { text } });
  return 'facts' in seen ? seen.facts.mounts.map(({ at, filesystem }) => `${at} ${filesystem}`) : seen;
};

test('all that is mounted is told but what an engine gives to each container', () => {
  expect(mounted(usual)).toEqual(['/data ext4']);
  expect(mountsOf(empty)).toEqual({ unknown: 'nobody looked' });
});

test.each([
  ['the socket of the engine', '94 76 0:22 /docker.sock /var/run/docker.sock rw - tmpfs tmpfs rw'],
  ['the processes of the host', '94 76 0:42 / /host/proc rw - proc proc rw'],
  ['the devices of the host', '94 76 0:6 / /dev rw - devtmpfs udev rw'],
  ['a file over one of the system', '94 76 254:0 /tmp/passwd /etc/passwd rw - ext4 /dev/vda rw'],
  ['a folder in place of the settings of the kernel', '94 76 254:0 /tmp/x /proc/sys rw - ext4 /dev/vda rw'],
])('%s is nothing that an engine gives', (_, line) => {
  expect(mounted(usual + line)).toHaveLength(2);
});
