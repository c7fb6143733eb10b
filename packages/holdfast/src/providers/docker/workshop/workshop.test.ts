import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TreeEntry } from '../../../kit/tree.ts';
import type { Work } from '../../../ports/workshop.ts';
import { connectDocker } from '../host/connect.ts';
import type { DockerHost } from '../host/host.ts';
import { file, smallDebian } from '../testing/small-debian.ts';
import { dockerWorkshop } from './workshop.ts';

const signal = new AbortController().signal;

describe('a workshop on Docker', () => {
  let host: DockerHost;
  let scratch: string;
  beforeAll(async () => {
    host = await connectDocker();
    scratch = await mkdtemp(join(tmpdir(), 'holdfast-workshop-'));
  });
  afterAll(() => rm(scratch, { recursive: true }));

  const debian = smallDebian();
  const work = (script: string, more: Partial<Work> = {}): Work => ({
    about: 'a test',
    layers: [],
    fresh: debian,
    command: ['sh', '-c', script],
    env: {},
    user: 'root',
    workdir: '/',
    network: false,
    scratch,
    onOutput: () => {},
    ...more,
  });
  const done = (script: string, more?: Partial<Work>) => dockerWorkshop(host).work(work(script, more), signal);
  const seen = (entries: readonly TreeEntry[]) => entries.map(({ path }) => path).toSorted();

  test('what the work makes is told, and nothing else', async () => {
    const { entries, removed } = await done(
      'cd srv; echo hello >greeting; ln greeting twin; ln -s greeting link; chmod 4755 twin',
    );
    expect(seen(entries)).toEqual(['srv', 'srv/greeting', 'srv/link', 'srv/twin']);
    expect(removed).toEqual([]);
  });

  test('rest', async () => {
    await done(
      'rm etc/group; rm -r var; mkdir var; echo x > var/x; touch /tmp/x; env; id; echo $HOME; umask; chown 5:6 etc/passwd; cat /etc/hosts; hostname; ls -la / /etc',
      {
        fresh: [...debian, file('etc/hosts', Buffer.from('mine')), file('var/gone', Buffer.from('mine'))],
        env: { A: 'b' },
      },
    );
  });
});
