import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SubjectSpec } from '../model/spec/check-spec.ts';
import type { Seen } from '../ports/provider.ts';
import { type Lookers, lookersOf, lookersOfHere } from './ground/lookers.ts';
import { factsGround } from './testing/facts-ground.ts';
import { command, failuresOf, file, looking, port, type Told, verdicts } from './testing/looks.ts';

const signal = AbortSignal.timeout(120_000);

let ground: Awaited<ReturnType<typeof factsGround>>;
let lookers: Lookers;

beforeAll(async () => {
  ground = await factsGround();
  lookers = lookersOf(ground.host, ground.inside, String);
});
afterAll(async () => {
  await lookers?.[Symbol.asyncDispose]();
  await ground?.[Symbol.asyncDispose]();
});

const look = (target: Seen, told: readonly Told[], by = lookers.all) => looking(signal)(target, told, by);

const links = [
  'cd /bin; for tool in ln find head readlink sha256sum mkfifo chmod dd; do busybox ln -s busybox $tool; done',
  'ln -s /etc/passwd /srv/absolute; ln -s ../../../../../../etc/passwd /srv/above; ln -s /srv/round /srv/round',
  'ln -s /proc/1/root/etc/passwd /srv/proc; mkfifo /srv/pipe; chmod 0777 /srv',
  'echo "* * * * * app date" > /etc/crontab; echo blue > /srv/colour',
].join('; ');

const everything: readonly Told[] = [
  [file('/srv/absolute'), 'contains', 'app:x:1000'],
  [file('/srv/absolute'), 'isLinkTo', '/etc/passwd'],
  [file('/srv/above'), 'contains', 'app:x:1000'],
  [file('/../../../../etc/passwd'), 'contains', 'app:x:1000'],
  [file('/srv/proc'), 'contains', 'app:x:1000'],
  [file('/srv/round'), 'not.exists'],
  [file('/srv/pipe'), 'not.contains', 'x'],
  [file('/srv/colour'), 'hasSha256', 'a0bee6616b5e5eae6799cb4525a884a82e7161614f11122bbdf4383b2ac05998'],
  [file('/etc/nothing'), 'not.exists'],
  [file('/bin/busybox'), 'isOwnedBy', 'root'],
  [file('/bin/busybox'), 'isExecutable'],
  [{ type: 'directory', path: '/srv' }, 'isReadOnly'],
  [{ type: 'directory', path: '/srv' }, 'has', 'colour'],
  [{ type: 'user', name: 'app' }, 'hasUid', 1_000],
  [{ type: 'process', name: 'httpd' }, 'runs'],
  [{ type: 'process', name: 'sh' }, 'not.runs'],
  [port(8080), 'listens'],
  [port(8081), 'not.listens'],
  [{ type: 'mount', path: '/' }, 'isMounted'],
  [{ type: 'disk', path: '/srv' }, 'hasFree', '1MB'],
  [{ type: 'environment', name: 'COLOUR' }, 'hasValue', 'blue'],
  [{ type: 'kernel-parameter', name: 'vm.swappiness' }, 'exists'],
  [{ type: 'kernel-parameter', name: 'kernel.nothing' }, 'not.exists'],
  [{ type: 'interface', name: 'lo' }, 'hasAddress', '127.0.0.1/8'],
  [{ type: 'cron', user: 'app' }, 'runs', 'date', '* * * * *'],
  [{ type: 'memory' }, 'hasTotal', '1MB'],
];

/** All that is wrong with it, and that is meant to be found. */
const wrong = [
  '/srv/pipe does not contain "x": nobody looked at its content',
  'directory /srv is read-only for all but root: others may write to /srv',
];

/** In the way that comes first in the line. */
const by = (tier: string, lines: readonly string[]): readonly string[] => lines.map(line => `${tier} ${line}`);

describe('a container that runs', () => {
  let target: Seen;
  beforeAll(async () => {
    const command = ['sh', '-c', `${links}; httpd -p 8080; exec sleep 1000`];
    target = await ground.start(command, { Env: ['COLOUR=blue'], Hostname: 'the-web' });
    await look(target, [[port(8080, 5_000), 'listens']]);
  });

  test('is seen from its host, without anything being run in it', async () => {
    expect(failuresOf(await look(target, everything))).toEqual(by('proc', wrong));
    const { ExecIDs } = await ground.host.docker.getContainer(target.id).inspect();
    expect(ExecIDs).toBeNull();
  });

  test('shows the same to a shell', async () => {
    expect(failuresOf(await look(target, everything, lookers.all.slice(1)))).toEqual(by('session', wrong));
  });

  test('tells what only who is inside is told, in the next way', async () => {
    const hostname: Told = [{ type: 'kernel-parameter', name: 'kernel.hostname' }, 'hasValue', 'the-web'];
    expect(verdicts(await look(target, [hostname, [port(8080), 'isHeldBy', 'httpd']]))).toEqual([
      'session kernel parameter kernel.hostname is the-web: ok',
      'proc port 8080 is held by httpd: ok',
    ]);
  });

  test('is not seen with what looks at it', async () => {
    await look(target, [[command('exit 0'), 'exits', 0]]);
    const processes = await ground.processesOf(target);
    expect(processes).toContainEqual(expect.stringMatching(/^sh -s holdfast/));
    expect(verdicts(await look(target, [[{ type: 'process', name: 'sh' }, 'not.runs']]))).toEqual([
      'proc process sh does not run: ok',
    ]);
  });

  test('keeps its bytes apart, whatever they are', async () => {
    const all = await look(target, [
      [command('printf "\\377\\376 blue"; printf "\\300" >&2; exit 7'), 'prints', 'blue'],
      [command('printf "\\377\\376 blue"; printf "\\300" >&2; exit 7'), 'exits', 7],
      [command('echo "it\'s `$HOME` \\\\"'), 'exits', 0],
    ]);
    expect(failuresOf(all)).toEqual([]);
    const [first] = all;
    expect(first?.looked).toEqual({ facts: { exitCode: 7, stdout: '\uFFFD\uFFFD blue', stderr: '\uFFFD' } });
  });
});

test('what begins late is waited for, each time looked at anew, and the time that it took is told', async () => {
  const target = await ground.start(['sh', '-c', 'sleep 1; httpd -p 8080; echo up > /srv/up; exec sleep 1000']);
  const subjects: readonly Told[] = [
    [port(8080, 10_000), 'listens'],
    [{ type: 'file', path: '/srv/up', eventually: 10_000 }, 'contains', 'up'],
    [{ type: 'process', name: 'nginx', eventually: 1_500 }, 'runs'],
    [file('/srv/up'), 'exists'],
  ];
  const all = await look(target, subjects);
  expect(failuresOf(all).toSorted()).toEqual([
    'proc /srv/up exists: there is none',
    expect.stringMatching(/^proc process nginx runs within 1500ms: none runs among .*httpd/),
  ]);
  const ready = all.flatMap(({ readyAfter = 0 }) => (readyAfter > 0 ? [readyAfter] : []));
  expect(ready).toHaveLength(2);
  expect(Math.min(...ready)).toBeGreaterThan(500);
});

test('a target can be reached from outside, and one that stands still is not taken for one that is silent', async () => {
  const network = await ground.network();
  const target = await ground.start(['httpd', '-f', '-p', '8080', '-h', '/etc'], {
    HostConfig: { NetworkMode: network },
  });
  const http: SubjectSpec = { type: 'http', port: 8080, path: '/passwd', eventually: 5_000 };
  const asked: readonly Told[] = [
    [http, 'says', 'app:x:1000'],
    [http, 'answers', 200],
    [{ type: 'route', to: 'default' }, 'exists'],
    [{ type: 'interface', name: 'eth0' }, 'isUp'],
  ];
  expect(failuresOf(await look(target, asked))).toEqual([]);
  await ground.host.docker.getContainer(target.id).kill();
  const soon: SubjectSpec = { type: 'http', port: 8080, path: '/passwd', eventually: 300 };
  expect(verdicts(await look(target, [[soon, 'not.answers', 200]]))).toEqual([
    'outside GET /passwd on port 8080 does not answer 200 within 300ms: it is exited (137)',
  ]);
});

test('how a container was made, and what it wrote, is told by its engine', async () => {
  const limits = {
    NetworkMode: 'none',
    Init: true,
    Memory: 64_000_000,
    NanoCpus: 500_000_000,
    PidsLimit: 32,
    ReadonlyRootfs: true,
    CapDrop: ['ALL'],
    CapAdd: ['CAP_NET_BIND_SERVICE'],
    SecurityOpt: ['no-new-privileges'],
  };
  const target = await ground.start(['sh', '-c', 'echo ready >&2; exec sleep 1000'], {
    User: 'app',
    HostConfig: limits,
  });
  const container: SubjectSpec = { type: 'container' };
  const asked: readonly Told[] = [
    [container, 'runsAs', 'app'],
    [container, 'isReadOnly'],
    [container, 'not.isPrivileged'],
    [container, 'not.canGainPrivileges'],
    [container, 'hasCapability', 'NET_BIND_SERVICE'],
    [container, 'not.hasCapability', 'CHOWN'],
    [container, 'hasMemoryLimit', '64MB'],
    [container, 'hasCpuLimit', 0.5],
    [container, 'hasProcessLimit', 32],
    [container, 'not.wasRestarted'],
    [{ type: 'log', eventually: 5_000 }, 'hasLine', 'ready'],
    [{ type: 'memory' }, 'hasTotal', '1MB'],
    [{ type: 'memory' }, 'not.hasTotal', '65MB'],
    [{ type: 'process', name: 'sleep', eventually: 5_000 }, 'runsAs', 'app'],
  ];
  expect(failuresOf(await look(target, asked))).toEqual([]);
});

test('the machine itself is looked at in the same ways', async () => {
  await using here = lookersOfHere(String);
  const machine: Seen = { kind: 'host', engine: 'local', id: 'here', name: 'here', state: {}, about: '' };
  const asked: readonly Told[] = [
    [{ type: 'process', name: 'dockerd' }, 'runs'],
    [{ type: 'kernel-parameter', name: 'kernel.hostname' }, 'hasValue', hostname()],
    [{ type: 'disk', path: '/var/lib/docker' }, 'hasFree', '1MB'],
    [file('/etc/passwd'), 'contains', 'root:'],
    [{ type: 'package', name: 'dpkg' }, 'isInstalled'],
    [command('id -u'), 'prints', String(process.getuid?.())],
    [{ type: 'interface', name: 'lo' }, 'hasAddress', '127.0.0.1'],
  ];
  const all = await look(machine, asked, here.all);
  expect(failuresOf(all)).toEqual([]);
  expect(all.map(({ tier }) => tier).filter(tier => tier !== 'proc')).toEqual(['session']);
});
