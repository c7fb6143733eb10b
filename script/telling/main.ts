/**
 * Tells the scenarios that are named, each in a process of its own: `main.ts [--at-once N] NAME…`. Those that say `@quiet` in
 * their head comment are told last, each with the machine for itself. Exits with 1 where one failed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pLimit from 'p-limit';

const root = join(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({
  options: { 'at-once': { type: 'string', default: '1' } },
  allowPositionals: true,
});

/** Whoever is asked to stop begins nothing more, and hands it on: each cleans up by itself. */
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort(signal));

/** Whether it passed. One alone is followed as it speaks; of several each is printed as a whole, when it has ended. */
async function tell(name: string, isFollowed: boolean): Promise<boolean> {
  if (stopping.signal.aborted) return false;
  if (isFollowed) console.log(`== ${name}`);
  const output = isFollowed ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, ['--conditions=holdfast-source', join(root, 'scenarios', `${name}.ts`)], {
    cwd: root,
    stdio: ['ignore', output, output],
  });
  const stop = (): void => void child.kill(stopping.signal.reason);
  stopping.signal.addEventListener('abort', stop, { once: true });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', data => said.push(data));
  const [code] = await once(child, 'close');
  stopping.signal.removeEventListener('abort', stop);
  if (!isFollowed) process.stdout.write(`== ${name}\n${Buffer.concat(said)}`);
  if (code !== 0) console.log(`failed: ${name}`);
  return code === 0;
}

/** So many at once, begun in the given order. */
function tellAll(names: readonly string[], atOnce: number): Promise<readonly boolean[]> {
  const limit = pLimit(atOnce);
  return Promise.all(names.map(name => limit(() => tell(name, atOnce === 1))));
}

function wantsQuiet(name: string): boolean {
  const [head = ''] = readFileSync(join(root, 'scenarios', `${name}.ts`), 'utf8').split('*/');
  return head.includes('@quiet');
}

const atOnce = Number(values['at-once']);
const isLast = (name: string): boolean => atOnce > 1 && wantsQuiet(name);
const told = [
  ...(await tellAll(
    positionals.filter(name => !isLast(name)),
    atOnce,
  )),
  ...(await tellAll(positionals.filter(isLast), 1)),
];
const passed = told.filter(Boolean).length;
console.log(`${passed} passed, ${told.length - passed} failed`);
process.exitCode = passed === told.length ? 0 : 1;
