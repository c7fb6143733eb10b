import { once } from 'node:events';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Entry, lineOf, now } from './entry.ts';
import { type Answer, outcomeOf, reasonOf } from './outcome.ts';
import type { Task } from './task.ts';

/**
 * A process that writes numbered rows until its standard input ends, which it also does when whoever started it is
 * killed. The task is the first line of it. What becomes of each row is in the ledger, on the disk, before the next one.
 */
const input = createInterface({ input: process.stdin });
const task: Task = JSON.parse((await once(input, 'line'))[0]);
const ledger = openSync(task.ledger, 'a');
let stopped = false;
input.on('close', () => {
  stopped = true;
});

function tell(row: number, said: Entry['said'], why?: string): void {
  const line = lineOf({ writer: task.writer, row, said, at: now(), ...(why && { why }) });
  writeSync(ledger, line);
  if (said === 'sent') return;
  fdatasyncSync(ledger);
  process.stdout.write(line);
}

interface Connection {
  readonly client: pg.Client;
  /** SQLSTATEs of all that it was warned of. */
  readonly warnings: string[];
}

async function connect(): Promise<Connection> {
  const { door, patience } = task;
  const client = new pg.Client({
    ...door,
    ssl: { ca: door.authority, servername: door.servername },
    connectionTimeoutMillis: patience.connect,
    query_timeout: patience.read,
  });
  const warnings: string[] = [];
  client.on('notice', ({ code }) => warnings.push(code ?? ''));
  client.on('error', () => {});
  await client.connect();
  return { client, warnings };
}

/** Tries until it has one, or is stopped. */
async function connected(): Promise<Connection | undefined> {
  while (!stopped) {
    const made = await connect().catch(() => undefined);
    if (made) return made;
    await sleep(task.pace);
  }
  return undefined;
}

async function write({ client, warnings }: Connection, row: number): Promise<Answer> {
  let committing = false;
  try {
    await client.query(`begin; insert into ledger (writer, row) values (${task.writer}, ${row})`);
    tell(row, 'sent');
    committing = true;
    const { command } = await client.query('commit');
    return { committing, command, warnings };
  } catch (error) {
    return { committing, warnings, error: error as pg.DatabaseError };
  }
}

let connection: Connection | undefined;
for (let row = 1; !stopped; row++) {
  const due = now() + task.pace;
  connection ??= await connected();
  if (!connection) break;
  const answer = await write(connection, row);
  tell(row, outcomeOf(answer), reasonOf(answer));
  if (outcomeOf(answer) !== 'ok') {
    // Not end(): it would wait for a server that may no longer answer.
    connection.client.connection.stream.destroy();
    connection = undefined;
  }
  await sleep(Math.max(0, due - now()));
}
closeSync(ledger);
process.exit(0);
