import { describe, expect, test } from 'vitest';
import type { CommandResult } from '../../ports/instances.ts';
import type { Seen } from '../../ports/provider.ts';
import { farewell } from './farewell.ts';

const instance = (state: object): Seen => ({
  kind: 'instance',
  engine: 'default',
  id: 'x',
  name: 'shop-local-db-1',
  birth: { uid: 'x', bornAs: 'instance/db.1' },
  state: { running: true, hostname: 'db', hostPorts: [], ...state },
  about: 'instance',
});

const leads = instance({ stopBefore: ['switchover'] });

const parts = (run: (signal: AbortSignal | undefined) => Promise<Partial<CommandResult>>) => {
  const ran: (readonly string[])[] = [];
  return {
    ran,
    signal: new AbortController().signal,
    instances: {
      run: async (_: Seen, command: readonly string[], signal?: AbortSignal) => {
        ran.push(command);
        return (await run(signal)) as CommandResult;
      },
    },
  };
};

describe('what an instance runs before it is stopped on purpose', () => {
  test('is run inside, and nothing is said when it worked', async () => {
    const ground = parts(async () => ({ exitCode: 0 }));
    expect(await farewell(leads, ground)).toBeUndefined();
    expect(ground.ran).toEqual([['switchover']]);
  });

  test('is told by its exit code alone when it did not', async () => {
    const ground = parts(async () => ({ exitCode: 3, stderr: 'password is correct-horse' }));
    expect(await farewell(leads, ground)).toBe('what it runs before it stops ended with exit code 3');
  });

  test('that can not be run stops nothing', async () => {
    const ground = parts(() => Promise.reject(new Error('no such container')));
    expect(await farewell(leads, ground)).toBe('what it runs before it stops could not be run');
  });

  test('is given up when it takes too long', async () => {
    const ground = parts(
      signal => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    );
    expect(await farewell(leads, { ...ground, patience: 20 })).toBe('what it runs before it stops took too long');
  });

  test('is given up when the whole is', async () => {
    const abort = new AbortController();
    const ground = parts(() => {
      abort.abort(new Error('enough'));
      return Promise.reject(new Error('aborted'));
    });
    await expect(farewell(leads, { ...ground, signal: abort.signal })).rejects.toThrow('enough');
  });

  test.each([
    ['runs nothing before', instance({})],
    ['does not run', instance({ stopBefore: ['switchover'], running: false })],
    ['is a volume', { ...leads, kind: 'volume' }],
  ])('is nothing for what %s', async (_, seen) => {
    const ground = parts(async () => ({ exitCode: 1 }));
    expect(await farewell(seen, ground)).toBeUndefined();
    expect(ground.ran).toEqual([]);
  });
});
