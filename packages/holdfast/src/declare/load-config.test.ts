import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { loadConfig } from './load-config.ts';
import { project } from './testing/project.ts';

test('with no holdfast.config.ts there is one environment, local', async () => {
  await using at = await project({});
  const { environments } = await loadConfig(at.folder);
  expect(environments.map(({ name }) => name)).toEqual(['local']);
});

test('a configuration is read as a user writes it, and its journal is found from where it stands', async () => {
  await using at = await project({
    'holdfast.config.ts': `import { defineConfig, engine, environment } from 'holdfast/config';
      export default defineConfig({ environments: {
        staging: environment({ engine: engine.local(), journal: './journals/staging.db' }),
        production: environment({ journal: 'postgres://db.example/holdfast', after: 'staging', protected: true }),
      } });`,
  });
  // Also where the project has no copy of the package installed.
  await rm(join(at.folder, 'node_modules'), { recursive: true });
  const script = `import { loadConfig } from ${JSON.stringify(join(import.meta.dirname, 'load-config.ts'))};
    console.log(JSON.stringify((await loadConfig(${JSON.stringify(at.folder)})).environments));`;
  const flags = ['--conditions=holdfast-source', '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  expect(JSON.parse(stdout)).toMatchObject([
    { name: 'staging', journal: join(at.folder, 'journals', 'staging.db'), protected: false },
    { name: 'production', journal: 'postgres://db.example/holdfast', after: 'staging', protected: true },
  ]);
});
