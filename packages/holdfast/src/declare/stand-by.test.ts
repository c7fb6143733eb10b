import { readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { declareSystem } from './declare-system.ts';
import { standBy } from './stand-by.ts';
import { type Project, project } from './testing/project.ts';

const system = "import { network, system } from 'holdfast';\nexport default system('shop', () => void network('lan'));";

/** Ids of the processes that this one has started. */
const children = (): readonly string[] =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);

describe('a process that stands by', () => {
  let made: Project;
  beforeAll(async () => {
    made = await project({ 'system.ts': system });
  });
  afterAll(() => made[Symbol.asyncDispose]());

  test('is asked what another would be, once, by whichever path its folder is named', async () => {
    await symlink(made.folder, join(made.folder, 'link'));
    using waiting = standBy(join(made.folder, 'link/system.ts'));
    const options = { file: made.file, environment: { name: 'local' }, standBy: waiting };
    const first = await declareSystem(options);
    expect(waiting.take(made.file)).toBeUndefined();
    expect(await declareSystem(options)).toEqual(first);
  });

  test('is none for the file of another folder', () => {
    using waiting = standBy(made.file);
    expect(waiting.take('/elsewhere/system.ts')).toBeUndefined();
    waiting.take(made.file)?.kill('SIGKILL');
  });

  test('is not taken when it has ended, and ends when nobody wants it', async () => {
    const before = children();
    const waiting = standBy(made.file);
    const own = children().filter(id => !before.includes(id));
    expect(own).toHaveLength(1);
    waiting[Symbol.dispose]();
    await expect.poll(children).not.toContain(own[0]);
    expect(waiting.take(made.file)).toBeUndefined();
  });
});
