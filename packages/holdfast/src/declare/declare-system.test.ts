import { execFile } from 'node:child_process';
import { cp, mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type Problem, Problems } from '../kit/problem.ts';
import type { Target } from '../model/declaration/slot.ts';
import { declareSystem, declareTwice } from './declare-system.ts';
import { type Project, project, thisPackage } from './testing/project.ts';

const local: Target = { name: 'local' };

const named = (model: { resources: readonly { kind: string; name: string }[] }) =>
  model.resources.map(({ kind, name }) => `${kind}/${name}`);

/** The one problem that a project's system has. */
async function problemOf({ file, folder }: Project, options: { timeout?: number } = {}): Promise<Problem> {
  const error: unknown = await declareSystem({ file, folder, environment: local, ...options }).catch(thrown => thrown);
  if (error instanceof Problems && error.problems.length === 1 && error.problems[0]) return error.problems[0];
  throw error;
}

describe('a system is evaluated in a process of its own', () => {
  test('with the facts of its environment', async () => {
    await using at = await project({
      'system.ts': `import { network, system } from 'holdfast';
        export default system('shop', env => { network(env.name + '-' + env.domain.replaceAll('.', '-')); });`,
    });
    const production = { name: 'production', domain: 'shop.example' };
    expect(named(await declareSystem({ file: at.file, environment: production }))).toEqual([
      'network/production-shop-example',
    ]);
    expect(named(await declareSystem({ file: at.file, environment: local }))).toEqual(['network/local-shop-localhost']);
  });

  test('in the language of the copy that runs, where the project has none installed', async () => {
    await using at = await project({
      'system.ts': `import { network, system } from 'holdfast';
        import { cluster } from 'holdfast/primitives';
        export default system('shop', () => {
          const members = [];
          cluster('db', { members, etcd: [], scope: 'db', strict: false });
          network('lan');
        });`,
    });
    await rm(join(at.folder, 'node_modules'), { recursive: true });
    expect(named(await declareSystem({ file: at.file, environment: local }))).toEqual(['cluster/db', 'network/lan']);
  });

  test('and a resource tells where it is declared, from the folder of system.ts', async () => {
    await using at = await project({
      'system.ts':
        "import { system } from 'holdfast';\nimport { backend } from './parts/backend.ts';\nexport default system('shop', () => backend());\n",
      'parts/backend.ts':
        "import { network } from 'holdfast';\nexport function backend(): void {\n  network('lan');\n}\n",
    });
    const model = await declareSystem({ file: at.file, environment: local });
    expect(model.resources[0]?.at).toBe('parts/backend.ts:3:3');
  });

  test('what it prints does not get into our standard output', async () => {
    await using at = await project({
      'system.ts': `import { network, system } from 'holdfast';
        console.log('hello'); process.stdout.write('there');
        export default system('shop', () => { network('lan'); });`,
    });
    const script = join(import.meta.dirname, 'testing', 'print-model.ts');
    const flags = ['--conditions=holdfast-source', script, at.file];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, flags);
    expect(stdout).toBe('lan\n');
    expect(stderr).toBe('hello\nthere');
  });

  test('a loop without end is stopped', async () => {
    await using at = await project({ 'system.ts': 'for (;;);' });
    expect((await problemOf(at, { timeout: 1_000 })).message).toContain('did not finish within 1.0s');
  });

  test('a process that dies is told as such', async () => {
    await using at = await project({ 'system.ts': 'Reflect.get(process, "_kill")(process.pid, 9);' });
    const { message } = await problemOf(at);
    expect(message).toBe('the process that evaluates system.ts ended before it answered, with SIGKILL');
  });

  test('who asks no longer, ends it', async () => {
    await using at = await project({ 'system.ts': 'for (;;);' });
    const asking = new AbortController();
    const declared = declareSystem({ file: at.file, environment: local, signal: asking.signal });
    setTimeout(() => asking.abort(new Error('Ctrl-C')), 300);
    await expect(declared).rejects.toThrow('Ctrl-C');
  });

  test('a file that is not there', async () => {
    await using at = await project({});
    const { parts, exit } = await problemOf(at);
    expect(parts).toMatchObject({ what: 'there is no system.ts', where: 'system.ts' });
    expect(exit).toBe(2);
  });
});

describe('packages of third parties', () => {
  const chancy = `export const at = [Date.now(), new Date().getTime(), Math.random(), crypto.randomUUID(), performance.now()];
    setTimeout(() => { throw new Error('fired'); }, 0); setInterval(() => {}, 1);`;

  test('load though they look at the clock, at chance and at timers, and find the same each time', async () => {
    await using at = await project({
      'node_modules/chancy/package.json': '{"name":"chancy","type":"module","main":"index.js"}',
      'node_modules/chancy/index.js': chancy,
      'system.ts': `import { resource, system } from 'holdfast'; import { at } from 'chancy';
        export default system('shop', () => { resource('thing', 'one', { at }); });`,
    });
    const model = await declareTwice({ file: at.file, environment: local });
    expect(model.resources[0]?.spec).toMatchObject({
      at: [946_684_800_000, 946_684_800_000, 0.5, expect.any(String), 0],
    });
  });

  test('that consist of TypeScript are refused by name', async () => {
    await using at = await project({
      'node_modules/typed/package.json': '{"name":"typed","type":"module","main":"index.ts"}',
      'node_modules/typed/index.ts': 'export const a: number = 1;',
      'system.ts':
        "import { system } from 'holdfast';\nimport { a } from 'typed';\nexport default system('shop', () => void a);\n",
    });
    expect((await problemOf(at)).parts).toMatchObject({
      what: "the package 'typed' consists of TypeScript",
      where: 'system.ts:2:19',
    });
  });

  test('may bring a copy of Holdfast of their own: what it declares is of the same system', async () => {
    await using at = await project({
      'node_modules/composite/package.json': '{"name":"composite","type":"module","main":"index.js"}',
      'node_modules/composite/index.js': `import { secret, service, text } from 'holdfast';
        export const cache = (name, { image, network }) =>
          service(name, { image, network, env: { URL: text\`redis://:\${secret(name + '-key', { generate: 32 })}@x\` } });`,
      'system.ts': `import { image, network, service, system, text } from 'holdfast';
        import { cache } from 'composite';
        export default system('shop', () => {
          const base = image('base', { archive: './base.tar' });
          const lan = network('lan');
          const store = cache('store', { image: base, network: lan });
          service('web', { image: base, network: lan, env: { STORE: text\`http://\${store.host}/\` }, needs: [store] });
        });`,
      'copy/package.json': '{"name":"holdfast","type":"module","exports":"./src/index.ts"}',
    });
    for (const part of ['index.ts', 'kit', 'model', 'parts'])
      await cp(join(thisPackage, 'src', part), join(at.folder, 'copy', 'src', part), { recursive: true });
    await symlink(join(thisPackage, '..', '..', 'node_modules'), join(at.folder, 'copy', 'node_modules'));
    await mkdir(join(at.folder, 'node_modules', 'composite', 'node_modules'));
    await symlink(join(at.folder, 'copy'), join(at.folder, 'node_modules', 'composite', 'node_modules', 'holdfast'));
    const model = await declareSystem({ file: at.file, environment: local });
    expect(named(model)).toEqual(['image/base', 'network/lan', 'secret/store-key', 'service/store', 'service/web']);
    expect(model.resources.at(-1)?.needs).toEqual(['image/base', 'network/lan', 'service/store']);
  });
});

describe('two evaluations', () => {
  test('that are equal give the system', async () => {
    await using at = await project({
      'system.ts':
        "import { network, system } from 'holdfast';\nexport default system('shop', () => { network('lan'); });",
    });
    expect(named(await declareTwice({ file: at.file, environment: local }))).toEqual(['network/lan']);
  });

  test('that differ are told by resource and place', async () => {
    await using at = await project({
      'system.ts':
        "import { resource, system } from 'holdfast';\nexport default system('shop', () => {\n  resource('thing', 'one', { pid: process.pid });\n});",
    });
    const error: unknown = await declareTwice({ file: at.file, folder: at.folder, environment: local }).catch(e => e);
    expect(error).toMatchObject({
      errors: [
        {
          parts: {
            what: 'system.ts does not declare the same system twice: thing "one" differs',
            where: 'system.ts:3:3',
            evidence: [expect.stringContaining('pid'), expect.stringContaining('pid')],
            exit: 2,
          },
        },
      ],
    });
  });
});

test('10,000 resources come whole from the process that declares them', async () => {
  await using at = await project({
    'system.ts': `import { resource, system } from 'holdfast';
      export default system('big', () => {
        for (let n = 0; n < 10_000; n += 1) resource('trivial', \`r\${n}\`, { n });
      });`,
  });
  const { resources } = await declareSystem({ file: at.file, environment: local });
  expect(new Set(resources.map(({ name }) => name))).toEqual(
    new Set(Array.from({ length: 10_000 }, (_, n) => `r${n}`)),
  );
});
