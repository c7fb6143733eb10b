import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { docker } from '../project.ts';

const run = promisify(execFile);

/** A container that gets nothing from some others, and they nothing from it. */
export interface Partition extends AsyncDisposable {
  /** Packets that were dropped so far. */
  dropped(): Promise<number>;
  heal(): Promise<void>;
}

/**
 * Rules in the network namespace of the container, in a table that the kernel takes away when the process that made it
 * is gone: nft, which ends when the pipe to it does. Nothing is said to the other side: packets vanish.
 */
export async function partition(id: string, peers: readonly string[]): Promise<Partition> {
  assert.ok(peers.length > 0, 'somebody is cut off');
  const { State } = await docker.getContainer(id).inspect();
  const inside = ['--target', String(State.Pid), '--net', 'nft'];
  const table = `holdfast_${randomBytes(3).toString('hex')}`;
  const nft = spawn('nsenter', [...inside, '--interactive'], { stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  nft.stderr.on('data', text => {
    said += text;
  });
  nft.stdin.write(rulesOf(table, peers));
  const list = async () => (await run('nsenter', [...inside, 'list', 'table', 'inet', table])).stdout;
  await until(
    async () => (await list()).includes('chain out'),
    () => `no table was made: ${said}`,
  );
  const heal = () =>
    healed(nft, async () => !(await run('nsenter', [...inside, 'list', 'tables'])).stdout.includes(table));
  return { heal, [Symbol.asyncDispose]: heal, dropped: async () => packetsIn(await list()) };
}

const rulesOf = (table: string, peers: readonly string[]): string =>
  [
    `add table inet ${table} { flags owner; }`,
    ...(['in', 'out'] as const).flatMap(way => [
      `add chain inet ${table} ${way} { type filter hook ${way}put priority -10; }`,
      `add rule inet ${table} ${way} ip ${way === 'in' ? 'saddr' : 'daddr'} { ${peers.join(', ')} } counter drop`,
    ]),
    '',
  ].join('\n');

const packetsIn = (rules: string): number =>
  [...rules.matchAll(/packets (\d+)/g)].reduce((sum, [, packets]) => sum + Number(packets), 0);

async function healed(nft: ChildProcess, isGone: () => Promise<boolean>): Promise<void> {
  if (nft.exitCode === null) {
    nft.stdin?.end();
    await once(nft, 'close');
  }
  await until(isGone, () => 'the rules outlive the process that made them');
}

async function until(holds: () => Promise<boolean>, why: () => string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds().catch(() => false)) return;
    await sleep(20);
  }
  throw new Error(why());
}
