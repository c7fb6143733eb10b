import { setTimeout as sleep } from 'node:timers/promises';
import type { Journal } from '../journal.ts';
import { holdLease } from '../keeper.ts';
import { currentOwner } from '../owner.ts';
import { stepDone } from './facts.ts';

/** What another process does with the journal, as its command line: `module location action …`. */
const [module = '', location = '', action, ...words] = process.argv.slice(2);
const { openJournal } = (await import(module)) as { openJournal(location: string): Promise<Journal> };
const journal = await openJournal(location);
const say = (word: unknown): boolean => process.stdout.write(`${word}\n`);

const actions: Readonly<Record<string, () => Promise<void>>> = {
  /** `write NAME COUNT [ATONCE]`: says each step once it is durable, with some in flight. */
  async write() {
    const [name, count, atOnce] = [words[0], Number(words[1]), Number(words[2] ?? 4)];
    let next = 1;
    const writer = async () => {
      while (next <= count) {
        const step = `${name} ${next++}`;
        await journal.append([stepDone(step)]);
        say(step);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, writer));
  },

  /** `hold NAME`: says the token and stays. */
  async hold() {
    const answer = await journal.leases.take(words[0] ?? '', currentOwner('test'), 60_000);
    say(answer.taken ? answer.token : 'held');
    await new Promise(resolve => setInterval(resolve, 60_000));
  },

  /** `keep NAME`: takes the lease, lets its keeper start, and ends without a word. */
  async keep() {
    await holdLease({ leases: journal.leases, name: words[0] ?? '', owner: currentOwner('test'), lasting: 300 });
    await sleep(400);
  },
};

await actions[action ?? '']?.();
await journal[Symbol.asyncDispose]();
