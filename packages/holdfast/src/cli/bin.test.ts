import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { otherCopy, projectOf } from './handover.ts';
import { program, run } from './testing/newcomer.ts';
import { packageFolder, version } from './version.ts';

describe('the program', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hf-bin-'));
    await mkdir(join(folder, 'node_modules'));
    await writeFile(join(folder, 'system.ts'), '');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const installOther = async (): Promise<void> => {
    const other = join(folder, 'node_modules/holdfast');
    await mkdir(join(other, 'bin'), { recursive: true });
    await writeFile(join(other, 'package.json'), '{ "name": "holdfast", "version": "9.9.9", "type": "module" }');
    await writeFile(join(other, 'bin/holdfast.js'), "console.log('the other one', ...process.argv.slice(2));");
  };

  test('tells its version', async () => {
    expect(await run(['--version'], folder)).toMatchObject({ code: 0, stdout: `${version()}\n` });
    expect(JSON.parse((await run(['--version', '--json'], folder)).stdout)).toEqual({
      version: version(),
      node: process.version,
    });
  });

  test('shows help where no verb is named, and examples with each verb', async () => {
    const { code, stdout } = await run([], folder);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('holdfast <verb> [options]') });
    expect((await run(['help', 'up'], folder)).stdout).toContain('holdfast up --plan next.plan');
    expect((await run(['up', '--help'], folder)).stdout).toContain('Examples:');
  });

  test('hands over to the copy that the project has of its own', async () => {
    await installOther();
    const inside = join(folder, 'deep/down');
    await mkdir(inside, { recursive: true });
    for (const [args, cwd] of [
      [['plan'], inside],
      [['plan', '--file', folder], '/'],
      [['plan', `--file=${folder}/system.ts`], '/'],
    ] as const)
      expect((await run(args, cwd)).stdout).toBe(`the other one ${args.join(' ')}\n`);
  });

  test('stays where the copy of the project is itself, by whichever link', async () => {
    await symlink(packageFolder, join(folder, 'node_modules/holdfast'));
    expect(otherCopy(projectOf(['plan'], folder))).toBeUndefined();
    expect(otherCopy(projectOf(['plan'], '/'))).toBeUndefined();
  });

  test('tells an older Node what is missing', async () => {
    const older = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '20.1.0' } })`;
    const refused = promisify(execFile)(process.execPath, ['--import', older, program, 'plan'], { cwd: folder });
    await expect(refused).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('needs Node 24 or newer') });
  });

  test('says that there is no journal yet, and makes none by looking', async () => {
    expect(await run(['journal'], folder)).toMatchObject({ code: 0, stdout: expect.stringContaining('no journal') });
    expect(await run(['journal', 'verify'], folder)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no journal'),
    });
    expect(existsSync(join(folder, '.holdfast'))).toBe(false);
  });

  test('says no word when its reader goes away', async () => {
    const { stdout, stderr } = await promisify(execFile)('sh', [
      '-c',
      `"$0" "$1" schema | head -c 10`,
      process.execPath,
      program,
    ]);
    expect({ stdout: stdout.length, stderr }).toEqual({ stdout: 10, stderr: '' });
  });
});
