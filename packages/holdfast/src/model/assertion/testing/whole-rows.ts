import type { ContainerFacts, OneProcess } from '../facts/machine.ts';
import type { ImageFacts } from '../facts/software.ts';
import type { OneMount, OneSocket } from '../facts/whole.ts';
import { type Row, rows } from './row.ts';

const http: OneSocket = { protocol: 'tcp', address: '0.0.0.0', port: 8080, program: 'node' };
const dns: OneSocket = { protocol: 'udp', address: '::', port: 53 };
const data: OneMount = { at: '/data', filesystem: 'ext4', source: '/dev/vda1', options: ['rw'] };
const app: OneProcess = { pid: 7, uid: 10_001, user: 'app', command: ['node', 'server.js'], resident: 4e7 };
const root: OneProcess = { pid: 8, uid: 0, user: 'root', command: ['sshd'], resident: 4e7 };
const nobody: OneProcess = { pid: 9, uid: 65_534, command: [], resident: 0 };
const image: ImageFacts = { digest: 'sha256:a', layers: 3, size: 5e7, user: '', setId: [], writable: [] };
const container: ContainerFacts = {
  user: 'app',
  capabilities: ['CHOWN'],
  readOnlyRoot: true,
  privileged: false,
  noNewPrivileges: true,
  image: 'sha256:a',
  restarts: 0,
};

/** Matchers that say that there is nothing else. */
export const wholeRows: readonly Row[] = [
  ...rows(
    'listening',
    [
      ['only', [8080, 'udp/53']],
      { sockets: [http, dns] },
      { sockets: [http, { ...http, port: 53 }] },
      'listens on nothing but port 8080 and UDP port 53',
      'listens on something else than port 8080 and UDP port 53',
      'port 8080 on 0.0.0.0 (node), port 53 on 0.0.0.0 (node)',
    ],
    [
      ['only', [8080]],
      { sockets: [] },
      { sockets: [dns] },
      'listens on nothing but port 8080',
      'listens on something else than port 8080',
      'UDP port 53 on ::',
    ],
    [
      ['none'],
      { sockets: [] },
      { sockets: [http] },
      'listens on nothing',
      'listens on something',
      'port 8080 on 0.0.0.0 (node)',
    ],
  ),
  ...rows(
    'processes',
    [
      ['runOnlyAs', ['app', '65534']],
      { processes: [app, nobody] },
      { processes: [app, root] },
      'runs as nobody but app and 65534',
      'runs as somebody else than app and 65534',
      'node as app, sshd as root',
    ],
    [
      ['runOnlyAs', ['10001']],
      { processes: [app] },
      { processes: [nobody] },
      'runs as nobody but 10001',
      'runs as somebody else than 10001',
      'process 9 as 65534',
    ],
  ),
  ...rows(
    'mounts',
    [
      ['only', ['/data', '/srv']],
      { mounts: [data] },
      { mounts: [data, { ...data, at: '/etc' }] },
      'mounts nothing but /data and /srv',
      'mounts something else than /data and /srv',
      '/data (ext4 of /dev/vda1), /etc (ext4 of /dev/vda1)',
    ],
    [['none'], { mounts: [] }, { mounts: [data] }, 'mounts nothing', 'mounts something', '/data (ext4 of /dev/vda1)'],
  ),
  ...rows('container', [
    ['hasOnlyCapabilities', ['CHOWN', 'FOWNER']],
    container,
    { ...container, capabilities: ['CHOWN', 'NET_RAW'] },
    'has no capability but CHOWN and FOWNER',
    'has another capability than CHOWN and FOWNER',
    'CHOWN, NET_RAW',
  ]),
  ...rows(
    'image',
    [
      ['hasNoStraySetId'],
      { ...image, setId: [{ path: '/usr/bin/su', package: 'util-linux' }] },
      { ...image, setId: [{ path: '/usr/bin/su', package: 'util-linux' }, { path: '/app/become' }] },
      'has no file with a set-id bit but those of its packages',
      'has a file with a set-id bit that no package brought',
      '/app/become',
    ],
    [
      ['hasNoWorldWritable'],
      image,
      { ...image, writable: ['/etc/passwd'] },
      'has no system path that everybody may write to',
      'has a system path that everybody may write to',
      '/etc/passwd',
    ],
  ),
];
