import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RolldownOutput, rolldown } from 'rolldown';
import { leanBuiltins } from './lean-builtins.ts';
import { leftOut } from './left-out.ts';
import { licencesOf } from './licences.ts';
import { partsOf } from './parts.ts';

/**
 * What is loaded by its name: by bin/holdfast.js, by the user's imports, or as a process or thread of its own. Beside
 * each other, where `ownModule` looks for them.
 */
const entries = {
  main: 'cli/main.ts',
  index: 'index.ts',
  primitives: 'primitives/index.ts',
  config: 'config.ts',
  ports: 'ports/index.ts',
  testing: 'ports/conformance/provider.ts',
  child: 'declare/child.ts',
  'keeper-worker': 'journal/keeper-worker.ts',
  'sqlite-leases': 'journal/sqlite-leases.ts',
  leases: 'journal/postgres/leases.ts',
  'xz-worker': 'providers/debian/deb/xz/xz-worker.ts',
};

/** A part may hold what is imported later besides. */
const harmless = new Set(['INEFFECTIVE_DYNAMIC_IMPORT']);

/** Writes the bundle into a folder. The same source gives the same bytes, wherever the work tree is. */
export async function writeBundle(root: string, folder: string): Promise<void> {
  const source = join(root, 'packages/holdfast/src');
  const parts = partsOf(source);
  const bundle = await rolldown({
    cwd: root,
    platform: 'node',
    input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(source, path)])),
    external: ['vitest'],
    plugins: [leftOut, leanBuiltins, parts.plugin],
    onLog: (_, { code, message }) => {
      if (!harmless.has(code ?? '')) throw new Error(message);
    },
  });
  const written = await bundle.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    codeSplitting: parts.codeSplitting,
    comments: { legal: true, annotation: false, jsdoc: false },
  });
  await writeFile(join(folder, 'LICENSES.txt'), await licencesOf(modulesOf(written)));
}

const modulesOf = ({ output }: RolldownOutput): readonly string[] =>
  output.flatMap(part => (part.type === 'chunk' ? part.moduleIds : []));
