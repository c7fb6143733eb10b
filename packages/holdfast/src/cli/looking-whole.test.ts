import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Seen } from '../ports/provider.ts';
import { type Lookers, lookersOf } from './ground/lookers.ts';
import { factsGround } from './testing/facts-ground.ts';
import { failuresOf, looking, port, type Told, verdicts } from './testing/looks.ts';

const signal = AbortSignal.timeout(120_000);

let ground: Awaited<ReturnType<typeof factsGround>>;
let lookers: Lookers;

beforeAll(async () => {
  ground = await factsGround();
  lookers = lookersOf(ground.host, ground.inside, String);
});
afterAll(async () => {
  await lookers?.[Symbol.asyncDispose]();
  await ground?.[Symbol.asyncDispose]();
});

const nothingElse: readonly Told[] = [
  [{ type: 'listening' }, 'only', [8080]],
  [{ type: 'processes' }, 'runOnlyAs', ['1000']],
  [{ type: 'mounts' }, 'only', ['/data']],
];

describe('of a container in a network of a user', () => {
  const look = (told: readonly Told[], by = lookers.all) => looking(signal)(target, told, by);
  const run = async (User: string, line: string) => {
    const Cmd = ['sh', '-c', `${line} >/dev/null 2>&1 &`];
    const exec = await ground.host.docker.getContainer(target.id).exec({ Cmd, User });
    await exec.start({ Detach: true });
  };

  let target: Seen;
  beforeAll(async () => {
    target = await ground.start(['httpd', '-f', '-p', '8080'], {
      User: '1000',
      HostConfig: {
        NetworkMode: await ground.network(),
        Init: true,
        Mounts: [{ Type: 'volume', Source: '', Target: '/data' }],
      },
    });
    await look([[port(8080, 5_000), 'listens']]);
  });

  test('the DNS of the engine is in there, and is not told as the own', async () => {
    const { stdout } = await ground.inside.run(target, ['cat', '/proc/net/tcp']);
    expect(stdout).toContain('0B00007F:');
    expect(failuresOf(await look(nothingElse))).toEqual([]);
    expect(failuresOf(await look(nothingElse, lookers.all.slice(1)))).toEqual([]);
  });

  test('what listens, runs or is mounted besides is told', async () => {
    await run('0', 'exec httpd -f -p 127.0.0.1:9229');
    await look([[port(9229, 5_000), 'listens']]);
    expect(verdicts(await look(nothingElse))).toEqual([
      'proc it mounts nothing but /data: ok',
      'proc it listens on nothing but port 8080: port 9229 on 127.0.0.1 (httpd), port 8080 on :: (httpd)',
      expect.stringMatching(/^proc it runs as nobody but 1000: .*httpd as (root|0)/),
    ]);
    expect(verdicts(await look([[{ type: 'mounts' }, 'none']]))).toEqual([
      expect.stringMatching(/^proc it mounts nothing: \/data \(/),
    ]);
  });

  test('a program that hides on the address of the DNS is told where its sockets are seen', async () => {
    await run('0', 'exec httpd -f -p 127.0.0.11:45000');
    await look([[port(45_000, 5_000), 'listens']]);
    const [told] = verdicts(await look([[{ type: 'listening' }, 'only', [8080]]]));
    expect(told).toContain('port 45000 on 127.0.0.11 (httpd)');
  });
});
