/** The command with nothing around it: in a container of Debian, Node.js and the step holdfast(), it brings a system up. @long */
import assert from 'node:assert/strict';
import { rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { shared, story, type Telling, tellAll } from './harness.ts';
import { inspectedOf } from './support/inspected.ts';
import { docker, type Project } from './support/project.ts';

const socket = '/var/run/docker.sock';

const toolbox = `import { debian, holdfast, image, network, nodejs, service, system } from 'holdfast';

export default system('NAME', () => {
  const tool = image('tool', { base: debian('bookworm', { packages: ['ca-certificates'] }), steps: [nodejs('24'), holdfast()], command: ['sleep', 'infinity'] });
  service('tool', { image: tool, network: network('lan'), stop: { grace: '1s' } });
});
`;

const small = `import { check, image, network, service, system } from 'holdfast';

export default system('NAME', () => {
  const web = service('web', { image: image('web', { archive: 'tiny.tar' }), command: ['sleep', '1000'], network: network('lan'), stop: { grace: '1s' } });
  check(web, it => { it.process('sleep').runs(); it.command(['echo', 'inside']).prints('inside'); });
});
`;

/** The image that the engine has of the toolbox. */
const tool = shared(async telling => {
  const project = await telling.project({ system: toolbox });
  await project.must('up', '--yes');
  const [only] = await inspectedOf(project);
  assert.ok(only);
  return only.Image;
});

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One command in a container that has the folder of a project, the engine's socket, and nothing else of this machine. */
async function inTool(project: Project, ...words: readonly string[]): Promise<Said> {
  const { gid } = await stat(socket);
  const container = await docker.createContainer({
    Image: await tool(),
    Cmd: ['holdfast', ...words],
    WorkingDir: '/project',
    User: `${process.getuid?.()}:${process.getgid?.()}`,
    Env: ['NO_COLOR=1', 'XDG_STATE_HOME=/project/.state', 'XDG_CONFIG_HOME=/project/.config'],
    HostConfig: { Binds: [`${project.folder}:/project`, `${socket}:${socket}`], GroupAdd: [String(gid)] },
  });
  try {
    const stream = await container.attach({ stream: true, stdout: true, stderr: true });
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    container.modem.demuxStream(stream, stdout, stderr);
    stream.once('end', () => [stdout, stderr].map(one => one.end()));
    await container.start();
    const [out, err, { StatusCode }] = await Promise.all([text(stdout), text(stderr), container.wait()]);
    return { code: StatusCode, stdout: out, stderr: err };
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/** A project that imports what is in the container. */
async function smallProject(telling: Telling): Promise<Project> {
  const project = await telling.project({ system: small });
  await rm(join(project.folder, 'node_modules/holdfast'));
  await symlink('/opt/holdfast', join(project.folder, 'node_modules/holdfast'));
  return project;
}

const shows = async (project: Project, words: readonly string[], expected: RegExp): Promise<void> => {
  const { code, stdout, stderr } = await inTool(project, ...words);
  assert.equal(code, 0, `${words.join(' ')}: ${stdout}\n${stderr}`);
  assert.match(stdout, expected);
};

story('it tells its version, plans, brings up, checks and takes away', async telling => {
  const project = await smallProject(telling);
  await shows(project, ['--version'], /^\d+\.\d+\.\d+$/m);
  await shows(project, ['plan'], /create +service\/web/);
  await shows(project, ['up', '--yes'], /web/);
  await shows(project, ['plan'], /No changes/);
  await shows(project, ['check'], /process sleep runs/);
  await shows(project, ['journal', 'verify'], /whole/);
  await shows(project, ['down', '--yes'], /./);
  assert.deepEqual(await inspectedOf(project), []);
});

story('it says what is wrong with a system, and where', async telling => {
  const project = await smallProject(telling);
  await project.write('system.ts', small.replace("'sleep', '1000'", "'sleep', String(Date.now())"));
  const { code, stderr } = await inTool(project, 'plan');
  assert.equal(code, 2, stderr);
  assert.match(stderr, /Date\.now\(\) was called while the system is declared\n +at +system\.ts:4:\d+/);
});

await tellAll();
