import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Ran } from '../../ports/looking/command-runner.ts';
import { sessionCommand, type Wanted } from '../../ports/looking/snapshot.ts';
import type { Spawn } from '../../ports/looking/spawn.ts';
import type { Seen } from '../../ports/provider.ts';
import { shellReader } from './batch/reader.ts';
import { spawnHere } from './here.ts';
import { shellRunner } from './runner.ts';

const signal = new AbortController().signal;
const nowhere = async () => ({ pid: process.pid });
const thisMachine: Seen = { kind: 'host', engine: 'local', id: 'here', name: 'here', state: {}, about: '' };

/** A folder in which `sh` is this shell: what a session starts is that too. */
async function folderWith(shell: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `hf-${shell}-`));
  await symlink(join('/bin', shell), join(folder, 'sh'));
  return folder;
}

/** Of all that runs on this machine. */
async function commandLines(): Promise<string> {
  const ids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const lines = ids.map(id => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => ''));
  return (await Promise.all(lines)).join('\n');
}

describe.each(['dash', 'bash', 'busybox'])('a session of %s', shell => {
  let folder: string;
  let spawn: Spawn;
  let runner: ReturnType<typeof shellRunner>;
  beforeAll(async () => {
    folder = await folderWith(shell);
    spawn = spawnHere(['env', `PATH=${folder}:${process.env.PATH}`, 'sh']);
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(() => {
    runner = shellRunner(spawn, nowhere);
  });
  afterEach(() => runner[Symbol.asyncDispose]());

  const run = async (command: readonly string[], within = 5_000) =>
    told(await runner.run(thisMachine, command, { within }, signal));

  const told = (ran: Ran) =>
    'ended' in ran
      ? [ran.ended.exitCode, text(ran.ended.stdout.first), text(ran.ended.stderr.first)]
      : 'late' in ran
        ? ran.late
        : ran.unknown;
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

  test('gives each command its own words, exit code and outputs, and no input', async () => {
    expect(await run(['printf', '%s|', "it's", '$HOME `id` "\\"', 'a\nb', ''])).toEqual([
      0,
      'it\'s|$HOME `id` "\\"|a\nb||',
      '',
    ]);
    expect(await run(['sh', '-c', 'printf out; printf err >&2; exit 7'])).toEqual([7, 'out', 'err']);
    expect(await run(['cat'])).toEqual([0, '', '']);
    expect(await run(['printf', '\\377\\000\\376'])).toEqual([0, '\xff\0\xfe', '']);
    expect(await run(['nowhere'])).toEqual([127, '', expect.stringContaining('nowhere')]);
  });

  test('keeps nothing of one command for the next', async () => {
    expect(await run(['sh', '-c', 'cd /; export COLOUR=blue; set -e; false'])).toEqual([1, '', '']);
    expect(await run(['sh', '-c', 'echo "$COLOUR"; pwd'])).toEqual([0, `\n${process.cwd()}\n`, '']);
  });

  test('ends one that hangs, and takes the next', async () => {
    const word = String(Math.random());
    expect(await run(['sh', '-c', `sleep 100; echo ${word}`], 200)).toBe('it did not end within 200ms');
    expect(await run(['echo', 'next'])).toEqual([0, 'next\n', '']);
    await vi.waitFor(async () => expect(await commandLines()).not.toContain(word));
  });

  test('is one for a hundred commands, which come back each to who asked', async () => {
    const all = await Promise.all(Array.from({ length: 100 }, (_, number) => run(['echo', String(number)])));
    expect(all).toEqual(Array.from({ length: 100 }, (_, number) => [0, `${number}\n`, '']));
  });

  test('is not all that there is while a slow one runs in it, even for who comes later', async () => {
    const slow = run(['sleep', '3']);
    await pause(700);
    const startedAt = performance.now();
    expect(await run(['echo', 'quick'])).toEqual([0, 'quick\n', '']);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(await slow).toEqual([0, '', '']);
  });

  test('takes one after another, each asked for as soon as the one before it is told', async () => {
    for (let number = 0; number < 200; number += 1) expect(await run(['true'])).toEqual([0, '', '']);
  });

  test('ends what it runs when nobody is there any more who asks, and itself', async () => {
    const { input, output } = await spawn(thisMachine, sessionCommand, {}, signal);
    const word = String(Math.random());
    input.write(`echo begun; (exec sh -c 'sleep 100; echo ${word}')\n`);
    for await (const { bytes } of output) if (text(bytes).includes('begun')) input.end();
    expect(await commandLines()).not.toContain(word);
  });

  test('runs nothing for who does not wait any more', async () => {
    await expect(runner.run(thisMachine, ['echo'], { within: 100 }, AbortSignal.abort())).rejects.toThrow(/abort/);
    const stop = AbortSignal.timeout(200);
    await expect(runner.run(thisMachine, ['sleep', '100'], { within: 9_000 }, stop)).rejects.toThrow(/timeout/);
    expect(await run(['echo', 'next'])).toEqual([0, 'next\n', '']);
  });
});

describe('one text for a shell', () => {
  let place: string;
  const reader = shellReader(spawnHere(['dash']), nowhere);
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'hf-facts-'));
    await mkdir(join(place, 'deep'));
    await writeFile(join(place, 'deep/two\nlines'), 'x');
    await writeFile(join(place, "it's $HOME"), Buffer.from([0xff, 0, 10, 0xfe]));
    await symlink('/nowhere', join(place, 'lost'));
  });
  afterAll(async () => {
    await reader[Symbol.asyncDispose]();
    await rm(place, { recursive: true });
  });

  const nothing: Wanted = {
    files: [],
    folders: [],
    space: [],
    kernel: [],
    network: false,
    processes: false,
    sockets: false,
    mounts: false,
    environment: false,
  };

  const read = async (wanted: Partial<Wanted>) => {
    const reading = await reader.read(thisMachine, { ...nothing, ...wanted }, signal);
    if (!('snapshot' in reading)) throw new Error(JSON.stringify(reading));
    return reading.snapshot;
  };

  test('tells of files whatever they are called and whatever is in them', async () => {
    const strange = join(place, "it's $HOME");
    const { files } = await read({
      files: [
        { path: strange, content: true, checksum: true },
        { path: join(place, 'lost') },
        { path: join(place, 'none'), content: true },
        { path: place, inside: 'all' },
      ],
    });
    expect(files.get(strange)).toMatchObject({
      file: { type: 'file', size: 4, content: { bytes: Buffer.from([0xff, 0, 10, 0xfe]) } },
    });
    expect(files.get(join(place, 'lost'))).toEqual({ missing: 'a symbolic link to /nowhere, which leads nowhere' });
    expect(files.get(join(place, 'none'))).toEqual({ missing: 'there is none' });
    const seen = files.get(place);
    const inside =
      seen && 'file' in seen && seen.file.inside && 'entries' in seen.file.inside ? seen.file.inside.entries : [];
    expect(inside.map(({ path, type }) => `${path} ${type}`).toSorted()).toEqual([
      'deep directory',
      'deep/two\nlines file',
      "it's $HOME file",
      'lost symlink',
    ]);
  });

  test.runIf(process.getuid?.() === 0)('does not take for absent what it may not walk to', async () => {
    const closed = join(place, 'closed');
    await mkdir(closed, { mode: 0o700 });
    await chmod(place, 0o755);
    await writeFile(join(closed, 'kept'), 'x');
    await symlink(join(closed, 'kept'), join(place, 'into'));
    await symlink('circle', join(place, 'circle'));
    const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'sh'];
    await using other = shellReader(spawnHere(nobody), nowhere);
    const paths = ['closed/kept', 'closed/none', 'into', 'none', 'circle'].map(name => join(place, name));
    const reading = await other.read(thisMachine, { ...nothing, files: paths.map(path => ({ path })) }, signal);
    const files = 'snapshot' in reading ? paths.map(path => reading.snapshot.files.get(path)) : [];
    const hidden = { unknown: "it can't be looked at: Permission denied" };
    const circle = { missing: 'a symbolic link to circle, which leads nowhere' };
    expect(files).toEqual([hidden, hidden, hidden, { missing: 'there is none' }, circle]);
  });

  test('tells of the machine', async () => {
    const { kernel, space, mounts, network, processes } = await read({
      kernel: ['vm.swappiness', 'vm.nothing'],
      space: ['/'],
      mounts: true,
      network: true,
      processes: true,
    });
    expect(kernel.get('vm.swappiness')).toEqual({ text: expect.stringMatching(/^\d+$/) });
    expect(kernel.get('vm.nothing')).toEqual({ missing: 'the kernel has none of this name' });
    expect(space.get('/')).toMatchObject({ space: { total: expect.any(Number), inodes: expect.any(Number) } });
    expect(mounts).toMatchObject({ text: expect.stringContaining(' / / ') });
    expect(network).toMatchObject({ network: { tcp: expect.stringContaining('local_address') } });
    expect(processes).toMatchObject({
      processes: expect.arrayContaining([{ status: expect.any(String), cmdline: expect.stringContaining('holdfast') }]),
    });
  });
});
