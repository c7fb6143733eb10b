import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Account, accountOf } from './account.ts';
import { type Entry, entriesIn, now, type Row } from './entry.ts';
import { type Door, type Task, usualPatience } from './task.ts';

/** Writers at work, each a process of its own. */
export interface Writers extends AsyncDisposable {
  /** Resolves when each of them is acknowledged a row that was sent from now on; rejects when it is not in so many seconds. */
  untilAcknowledged(seconds: number): Promise<void>;
  /** Stops them, and sets what they were told against what is there. */
  account(): Promise<Account>;
}

const count = 4;

/** Makes the table anew where there is one. */
export async function emptyLedger(door: Door): Promise<void> {
  await ask(door, 'drop table if exists ledger; create table ledger (writer int not null, row bigint not null)');
}

/** Four of them, each with a row every 10 ms at most. */
export async function startWriters(door: Door, patience = usualPatience): Promise<Writers> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-ledger-'));
  const tasks = Array.from({ length: count }, (_, writer): Task => {
    return { writer, door, patience, pace: 10, ledger: join(folder, `${writer}`) };
  });
  /** When each of them was last acknowledged a row. */
  const last = tasks.map(() => 0);
  const running = tasks.map(task =>
    begin(task, ({ writer, said, at }) => {
      if (said === 'ok') last[writer] = at;
    }),
  );
  let stopping: Promise<number> | undefined;
  const stop = () => (stopping ??= ended(running));
  return {
    async untilAcknowledged(seconds) {
      const since = now();
      // One that was on its way may have been sent before.
      while (Math.min(...last) < since + 100) {
        if (now() > since + seconds * 1_000) throw new Error(`a writer was acknowledged nothing within ${seconds} s`);
        await sleep(10);
      }
    },
    async account() {
      const until = await stop();
      const texts = await Promise.all(tasks.map(({ ledger }) => readFile(ledger, 'utf8')));
      return accountOf(texts.flatMap(entriesIn), await rowsIn(door), until);
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function begin(task: Task, hear: (entry: Entry) => void): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout }).on('line', line => hear(JSON.parse(line)));
  child.stdin.write(`${JSON.stringify(task)}\n`);
  return child;
}

/** When the first of them was asked to stop. */
async function ended(running: readonly ChildProcess[]): Promise<number> {
  const asked = now();
  const over = running.map(child => child.exitCode === null && child.signalCode === null && once(child, 'close'));
  for (const child of running) child.stdin?.end();
  await Promise.all(over);
  const failed = running.filter(({ exitCode }) => exitCode !== 0);
  if (failed.length > 0) throw new Error(`${failed.length} writers did not end well`);
  return asked;
}

/** The way to the primary may be changed under the question once more: it only reads, and is asked again. */
async function rowsIn(door: Door, tries = 10): Promise<readonly Row[]> {
  try {
    const { rows } = await ask(door, 'select writer, row::int from ledger');
    return rows;
  } catch (error) {
    if (tries === 1) throw error;
    await sleep(3_000);
    return await rowsIn(door, tries - 1);
  }
}

/** One statement through the door. */
export async function ask(door: Door, sql: string): Promise<pg.QueryResult> {
  const { authority: ca, servername, ...rest } = door;
  const client = new pg.Client({ ...rest, ssl: { ca, servername }, connectionTimeoutMillis: 5_000 });
  // A server that dies in the middle is told by the query, and here once more.
  client.on('error', () => {});
  await client.connect();
  return client.query(sql).finally(() => client.end());
}
