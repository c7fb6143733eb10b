/** What is said of a machine that is another one than this is looked at over SSH, by its own words. @long */
import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Project, shared, story, tellAll } from './harness.ts';
import { addressOf } from './support/cluster/cluster.ts';
import { containersOf, runIn } from './support/containers.ts';
import { sshKey } from './support/ssh-key.ts';

/** A container stands for the machine: it has sshd, someone who is root and someone who is not. */
const systemText = (server: string, person: string, said: string): string => `
import { check, debian, host, image, network, packages, run, service, system, user } from 'holdfast';

export default system('NAME', () => {
  service('machine', {
    image: image('machine', {
      base: debian('bookworm', { packages: ['ca-certificates'] }),
      steps: [
        user('ops', { uid: 1500, home: '/home/ops', shell: '/bin/sh' }),
        packages(['openssh-server', 'sudo']),
        run('install -d -m 0755 /run/sshd && usermod --password "*" ops'),
      ],
    }),
    network: network('lan'),
    user: '0:0',
    capabilities: ['SYS_CHROOT', 'SETUID', 'SETGID', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'AUDIT_WRITE'],
    command: ['/usr/sbin/sshd', '-D', '-e', '-f', '/etc/machine/sshd_config'],
    ports: { ssh: 2222 },
    files: {
      '/etc/machine/sshd_config': ${JSON.stringify(sshdConfig())},
      '/etc/machine/authorized_keys': ${JSON.stringify(person)},
      '/etc/machine/host_key': { content: ${JSON.stringify(server)}, mode: '0400' },
      '/etc/only-root': { content: 'kept', mode: '0400' },
    },
  });
  check(host(), it => { ${said} });
});
`;

function sshdConfig(): string {
  return `Port 2222
HostKey /etc/machine/host_key
AuthorizedKeysFile /etc/machine/authorized_keys
PermitRootLogin prohibit-password
PasswordAuthentication no
UsePAM no
StrictModes no
PidFile none
`;
}

const config = (ssh: string): string => `import { defineConfig, engine, environment } from 'holdfast/config';
export default defineConfig({ environments: {
  local: environment({ ports: PORTS, subnets: 'SUBNETS', engine: engine.local({ ssh: '${ssh}' }) }),
} });
`;

const holds = [
  "it.process('sshd').runs()",
  "it.process('sh').not.runs()",
  'it.port(2222).listens()',
  "it.file('/etc/only-root').contains('kept').hasMode('0400').isOwnedBy('root')",
  "it.user('ops').exists()",
  "it.package('openssh-server').isInstalled()",
  "it.package('nginx').not.isInstalled()",
  "it.command(['hostname']).exits(0)",
  `it.command(['printf', '%s', "it's $HOME"]).prints("it's $HOME")`,
  "it.disk('/').hasFree('1MB')",
  "it.memory().hasTotal('64MB')",
].join('; ');

const wrong = [
  "it.process('nginx').runs()",
  "it.file('/etc/only-root').hasMode('0644')",
  "it.command(['sleep', '4711']).exits(0)",
].join('; ');

interface Ground {
  readonly project: Project;
  /** Declares that this is so, and looks as this person of the machine. */
  said(text: string, ssh: string): Promise<readonly Result[]>;
}

interface Result {
  readonly sentence: string;
  readonly status: string;
  readonly found?: string;
  readonly why?: string;
}

const ground = shared(async (telling): Promise<Ground> => {
  const [server, person] = [sshKey(), sshKey()];
  const text = (said: string) => systemText(server.closed, `${person.open}\n`, said);
  const project = await telling.project({ system: text(holds), config: config('root@machine') });
  await project.must('up', '--yes');
  const [machine] = await containersOf(project.name, { service: 'machine' });
  const path = await asOfAPerson(project, await addressOf(machine?.id ?? ''), server.open, person.closed);
  return {
    project,
    async said(said, ssh) {
      await project.write('system.ts', text(said));
      await project.write('holdfast.config.ts', config(ssh));
      const { stdout, stderr } = await project.given({ PATH: path }).holdfast('check', 'host/default', '--json');
      assert.ok(stdout.startsWith('{'), stderr);
      const targets: { checks: { results: Result[] }[] }[] = JSON.parse(stdout).targets;
      return targets.flatMap(({ checks }) => checks.flatMap(({ results }) => results));
    },
  };
});

/** What stands in a person's own ~/.ssh, without touching that: an `ssh` before the real one on the path. */
async function asOfAPerson({ folder }: Project, address: string, hostKey: string, key: string): Promise<string> {
  const place = join(folder, 'ssh');
  await mkdir(place);
  await writeFile(join(place, 'key'), key, { mode: 0o600 });
  await writeFile(join(place, 'known_hosts'), `[${address}]:2222 ${hostKey}\n`);
  await writeFile(
    join(place, 'config'),
    `Host machine\n  HostName ${address}\n  Port 2222\n  IdentityFile ${place}/key\n  UserKnownHostsFile ${place}/known_hosts\nHost stranger\n  HostName ${address}\n  Port 2222\n  IdentityFile ${place}/key\n  UserKnownHostsFile /dev/null\n`,
  );
  await writeFile(join(place, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F '${place}/config' "$@"\n`);
  await chmod(join(place, 'ssh'), 0o755);
  return `${place}:${process.env.PATH}`;
}

story('what holds of the other machine passes, and what is wrong says what was found there', async telling => {
  const { said, project } = await ground();
  const right = await said(holds, 'root@machine');
  assert.deepEqual(
    right.filter(({ status }) => status !== 'passed'),
    [],
  );
  telling.say(`${right.length} sentences hold`);
  const [nginx, mode, sleeps] = await said(wrong, 'root@machine');
  assert.deepEqual([nginx?.status, mode?.status, sleeps?.status], ['failed', 'failed', 'failed']);
  assert.match(mode?.found ?? '', /0400/);
  assert.match(sleeps?.found ?? '', /did not end within/);
  const processes = await runIn(project.name, 'machine', 'sh', '-c', 'cat /proc/[0-9]*/cmdline | tr "\\\\0" " "');
  assert.doesNotMatch(processes.replace(/sh -c .*/, ''), /sleep 4711/, 'what hung was ended there');
});

story('where nobody may look, or nobody is there, it says why and never that all is well', async () => {
  const { said } = await ground();
  const file = "it.file('/etc/only-root').not.exists()";
  for (const [ssh, why] of [
    ['ops@machine', /only root may look there \(sudo: /],
    ['nobody-here@machine', /Permission denied/],
    ['root@stranger', /Host key verification failed/],
    ['root@127.0.0.2', /Connection refused/],
  ] as const) {
    const [told] = await said(file, ssh);
    assert.equal(told?.status, 'unknown', `${ssh}: ${JSON.stringify(told)}`);
    assert.match(told?.found ?? told?.why ?? '', why, JSON.stringify(told));
  }
});

await tellAll();
