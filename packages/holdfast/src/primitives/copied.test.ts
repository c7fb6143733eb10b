import { glob, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as original from '../index.ts';

const root = join(import.meta.dirname, '..');
const parts: { readonly file: string; readonly source: string }[] = [];
for await (const file of glob('**/*.ts', { cwd: join(root, 'parts') }))
  if (!file.endsWith('.test.ts')) parts.push({ file, source: await readFile(join(root, 'parts', file), 'utf8') });

const isOutside = (specifier: string): boolean => /^(\.\.\/)+(model|kit)\//.test(specifier);

test('has all that parts are made of', async () => {
  const given = await Promise.all(['index.ts', 'primitives/index.ts'].map(exportedBy));
  const taken = parts.flatMap(({ file, source }) =>
    parseSync(file, source)
      .module.staticImports.filter(({ moduleRequest }) => isOutside(moduleRequest.value))
      .flatMap(({ entries }) => entries.map(({ importName }) => importName.name)),
  );
  expect(taken.length).toBeGreaterThan(100);
  expect([...new Set(taken)].filter(name => !given.flat().includes(name))).toEqual([]);
});

async function exportedBy(file: string): Promise<readonly (string | null)[]> {
  const { module } = parseSync(file, await readFile(join(root, file), 'utf8'));
  return module.staticExports.flatMap(({ entries }) => entries.map(({ exportName }) => exportName.name));
}

let copy: string;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'holdfast-copied-'));
  for (const { file, source } of parts) {
    const own = source
      .replaceAll(/'(?:\.\.\/)+(?:model|kit)\/[^']+'/g, `'${join(root, 'primitives/index.ts')}'`)
      .replaceAll("import * as z from 'zod/mini'", `import { z } from '${join(root, 'primitives/index.ts')}'`);
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await writeFile(join(copy, file), own);
  }
});

afterAll(() => rm(copy, { recursive: true }));

test('a part that was copied declares what the original does', async () => {
  const { postgres } = await import(join(copy, 'postgres.ts'));
  const { edge } = await import(join(copy, 'edge.ts'));
  const declared = (with_: Pick<typeof original, 'postgres' | 'edge'>) =>
    original.system('shop', ({ domain }) => {
      const { image, network, service } = original;
      const lan = network('lan');
      with_.postgres('db', { network: lan, standbys: 2, extensions: ['pg_trgm'] });
      const web = service('web', { image: image('web', { archive: './web.tar' }), network: lan, ports: { http: 80 } });
      with_.edge('door', { network: lan, routes: { [domain]: web.port('http') } });
    });
  const [theirs, ours] = [declared({ postgres, edge }), declared(original)];
  expect(theirs.resources.length).toBeGreaterThan(20);
  expect(theirs.resources.map(withoutPlace)).toEqual(ours.resources.map(withoutPlace));
});

const withoutPlace = (resource: object) => ({ ...resource, at: undefined });
