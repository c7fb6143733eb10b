import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unpackTar } from 'modern-tar/fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { entriesOf } from './context.ts';
import { FileHashes } from './file-hashes.ts';
import { projectSources } from './sources.ts';

describe('a build context', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hf-context-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const write = async (path: string, text = path): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  const pathsIn = async (context: string): Promise<readonly string[]> =>
    (await entriesOf(context)).map(({ path }) => path);
  const sources = () => projectSources(root, new FileHashes(join(root, '.holdfast/cache/hashes.json')), async () => '');

  async function packed(context: string): Promise<readonly string[]> {
    const source = { from: 'dockerfile', context, dockerfile: 'Dockerfile', args: {} } as const;
    const stream = await sources().open(source, await sources().fingerprint(source));
    const out = await mkdtemp(join(tmpdir(), 'hf-packed-'));
    await new Promise((resolve, reject) => stream.pipe(unpackTar(out)).on('finish', resolve).on('error', reject));
    const paths = await readdir(out, { recursive: true });
    await rm(out, { recursive: true });
    return paths.toSorted();
  }

  test('never holds the state of a project, whatever its rules say', async () => {
    await write('Dockerfile');
    await write('.dockerignore', '!.holdfast\n!.holdfast/**\n!**/.holdfast/**\n');
    await write('app.js');
    await write('.holdfast/local/secrets/key');
    await write('deep/.holdfast/local/journal.db');
    const source = { from: 'dockerfile', context: '.', dockerfile: 'Dockerfile', args: {} } as const;
    const before = await sources().fingerprint(source);
    await write('.holdfast/local/journal.db', 'another fact');
    expect(await sources().fingerprint(source)).toBe(before);
    const paths = await packed('.');
    expect(paths).toEqual(expect.arrayContaining(['Dockerfile', 'app.js', 'deep']));
    expect(paths.filter(path => path.split('/').includes('.holdfast'))).toEqual([]);
  });

  test('is the same with a slash at its end and without', async () => {
    await write('Dockerfile');
    await write('app/.dockerignore', 'secret.txt\n');
    await write('app/index.js');
    await write('app/secret.txt');
    expect(await pathsIn(join(root, 'app/'))).toEqual(['.dockerignore', 'index.js']);
    expect(await packed('./app/')).toEqual(await packed('app'));
    expect(await packed('./app/')).toContain('index.js');
    expect(await packed('./app/')).not.toContain('secret.txt');
  });

  test('holds what comes back into a folder that is left out', async () => {
    await write('Dockerfile');
    await write('app/.dockerignore', 'dist\n!dist/keep.js\n');
    await write('app/dist/keep.js');
    await write('app/dist/drop.js');
    expect(await pathsIn(join(root, 'app'))).toEqual(['.dockerignore', 'dist/keep.js']);
    expect(await packed('app')).toEqual(expect.arrayContaining(['dist/keep.js']));
    expect(await packed('app')).not.toContain('dist/drop.js');
  });

  test('whose rules can not be read is not taken as one without rules', async () => {
    await mkdir(join(root, '.dockerignore'));
    await expect(entriesOf(root)).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
