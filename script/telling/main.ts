/**
 * Tells the scenarios that are named, each in a process of its own: `main.ts [--at-once N] NAME…`. Those that say `@quiet` in
 * their head comment are told last, each with the machine for itself. Exits with 1 where one failed.
 */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({
  options: { 'at-once': { type: 'string', default: '1' } },
  allowPositionals: true,
});

interface Told {
  readonly name: string;
  readonly passed: boolean;
}

/** One alone is followed as it speaks; of several each is printed as a whole, when it has ended. */
async function tell(name: string, isFollowed: boolean): Promise<Told> {
  if (isFollowed) console.log(`== ${name}`);
  const child = spawn(process.execPath, ['--conditions=holdfast-source', join(root, 'scenarios', `${name}.ts`)], {
    cwd: root,
    stdio: ['ignore', isFollowed ? 'inherit' : 'pipe', isFollowed ? 'inherit' : 'pipe'],
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', data => said.push(data));
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  if (!isFollowed) process.stdout.write(`== ${name}\n${Buffer.concat(said)}`);
  if (code !== 0) console.log(`failed: ${name}`);
  return { name, passed: code === 0 };
}

/** So many at once, in the given order. */
async function tellAll(names: readonly string[], atOnce: number): Promise<readonly Told[]> {
  const left = [...names];
  const told: Told[] = [];
  const lane = async (): Promise<void> => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) told.push(await tell(name, atOnce === 1));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return told;
}

async function wantsQuiet(name: string): Promise<boolean> {
  const [head = ''] = (await readFile(join(root, 'scenarios', `${name}.ts`), 'utf8')).split('*/');
  return head.includes('@quiet');
}

// Each of them was sent the signal too, and cleans up; this process ends after them.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => {});

const atOnce = Number(values['at-once']);
const quiet =
  atOnce === 1
    ? []
    : (await Promise.all(positionals.map(async name => ((await wantsQuiet(name)) ? [name] : [])))).flat();
const others = positionals.filter(name => !quiet.includes(name));
const told = [...(await tellAll(others, atOnce)), ...(await tellAll(quiet, 1))];
const passed = told.filter(one => one.passed);
console.log(`${passed.length} passed, ${told.length - passed.length} failed`);
process.exitCode = passed.length === positionals.length ? 0 : 1;
