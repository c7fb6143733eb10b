/** One thing that is so of each container, as each of the two says it. */
export interface Sentence {
  readonly ours: string;
  readonly theirs: string;
}

/** What listens, on four ports each, so that ports and processes are told apart. */
export const workers: readonly number[] = [1, 2, 3, 4, 5];
export const portsOf = (worker: number): readonly number[] => [0, 1, 2, 3].map(port => 8000 + worker * 10 + port);
export const ports: readonly number[] = workers.flatMap(portsOf);

/** Files that are copied into the image. */
export const pages: readonly string[] = Array.from({ length: 7 }, (_, index) => `page-${index + 1}`);

/** Ten commands that cost little, and what they print. */
const commands: Readonly<Record<string, string>> = {
  'cat /etc/debian_version': '12.',
  'dpkg --print-architecture': 'amd64',
  'echo hello': 'hello',
  'getent passwd root': 'root:x:0:0',
  'head -n 1 /etc/group': 'root',
  'id -un': 'app',
  'ls /srv': 'page-1',
  'readlink /bin': 'usr/bin',
  'uname -s': 'Linux',
  'wc -l /srv/page-1': '1 ',
};

/** A hundred: 46 of files, 22 of ports, 11 of packages, 11 of processes, 10 commands. */
export const sentences: readonly Sentence[] = [
  ...[
    ['/etc/passwd', '0644'],
    ['/etc/shadow', '0640'],
    ['/etc/nsswitch.conf', '0644'],
    ['/usr/bin/perl', '0755'],
    ['/usr/bin/env', '0755'],
    ['/usr/local/bin/listen', '0755'],
  ].flatMap(([path = '', mode = '']) => fileIs(path, mode)),
  ...pages.flatMap(page => [
    ...fileIs(`/srv/${page}`, '0644'),
    said(`file('/srv/${page}')`, `contains('this is ${page}')`, `should contain 'this is ${page}'`),
  ]),
  ...ports.map(port => said(`port(${port})`, 'listens()', 'should be_listening')),
  ...[22, 80].map(port => said(`port(${port})`, 'not.listens()', 'should_not be_listening')),
  ...['bash', 'coreutils', 'debianutils', 'dpkg', 'grep', 'iproute2', 'libc6', 'perl-base', 'procps', 'sed', 'tar'].map(
    name => said(`package('${name}')`, 'isInstalled()', 'should be_installed'),
  ),
  said(`process('listen')`, 'runs()', 'should be_running'),
  ...workers.flatMap(worker => [
    said(`process('worker-${worker}')`, 'runs()', 'should be_running'),
    said(`process('worker-${worker}')`, `runsAs('app')`, `its(:user) { should eq 'app' }`),
  ]),
  ...Object.entries(commands).map(([command, text]) =>
    said(`command('${command}')`, `prints('${text}')`, `its(:stdout) { should include '${text}' }`),
  ),
];

function fileIs(path: string, mode: string): readonly Sentence[] {
  const owner = 'root';
  return [
    said(`file('${path}')`, 'isFile()', 'should be_file'),
    said(`file('${path}')`, `hasMode('${mode}')`, `should be_mode ${Number(mode)}`),
    said(`file('${path}')`, `isOwnedBy('${owner}')`, `should be_owned_by '${owner}'`),
  ];
}

function said(subject: string, ours: string, theirs: string): Sentence {
  const example = theirs.startsWith('its') ? theirs : `it { ${theirs} }`;
  return { ours: `it.${subject}.${ours};`, theirs: `describe ${subject} do ${example} end` };
}
