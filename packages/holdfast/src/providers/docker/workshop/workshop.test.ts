import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sha256 } from '../../../kit/hash.ts';
import { tarOf } from '../../../kit/tar/write.ts';
import type { TreeEntry } from '../../../kit/tree.ts';
import type { Work } from '../../../ports/workshop.ts';
import type { DockerHost } from '../host/host.ts';
import { file, folder, smallDebian } from '../testing/small-debian.ts';
import { openWorkbench, type Workbench } from '../testing/workbench.ts';
import { dockerWorkshop } from './workshop.ts';

const signal = new AbortController().signal;

describe('a workshop on Docker', () => {
  let bench: Workbench;
  let host: DockerHost;
  let scratch: string;
  beforeAll(async () => {
    bench = await openWorkbench('workshop');
    host = bench.host;
    scratch = await mkdtemp(join(tmpdir(), 'holdfast-workshop-'));
  });
  afterAll(async () => {
    await bench[Symbol.asyncDispose]();
    await rm(scratch, { recursive: true });
  });

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
  const containers = async () => {
    const all = await host.docker.listContainers({ all: true, filters: { label: ['holdfast.workshop'] } });
    return all.filter(({ Labels }) => Labels['holdfast.workshop']?.includes(`"pid":${process.pid},`));
  };
  const said = async (script: string, more: Partial<Work> = {}) => {
    const lines: string[] = [];
    await done(script, { onOutput: line => lines.push(line), ...more });
    return lines;
  };

  test('what the work makes and changes is told, with what it is, and nothing else', async () => {
    const script =
      'cd srv; echo hello >greeting; ln greeting twin; ln -s greeting link; mkfifo pipe; mknod null c 1 3; chown 5:6 /etc/passwd; chmod 4711 /usr/bin/cat; touch /tmp/mine';
    const { entries, removed, contacted } = await done(script);
    expect(seen(entries)).toEqual(
      [
        'etc/passwd',
        'srv',
        'usr/bin/cat',
        ...['greeting', 'link', 'null', 'pipe', 'twin'].map(name => `srv/${name}`),
      ].toSorted(),
    );
    const by = new Map(entries.map(entry => [entry.path, entry]));
    expect(by.get('etc/passwd')).toMatchObject({ uid: 5, gid: 6, mtime: 1_700_000_000 });
    expect(by.get('usr/bin/cat')).toMatchObject({ mode: 0o4711 });
    expect(by.get('srv/link')).toMatchObject({ type: 'symlink', link: 'greeting' });
    expect(by.get('srv/pipe')).toMatchObject({ type: 'fifo' });
    const twins = ['srv/greeting', 'srv/twin'].map(path => by.get(path));
    expect(twins.map(entry => entry?.type).toSorted()).toEqual(['file', 'hardlink']);
    const content = twins.find(entry => entry?.type === 'file')?.content;
    if (!content || content instanceof Uint8Array) throw new Error('it is in no file');
    const bytes = await readFile(content.file);
    expect(bytes.subarray(content.offset, content.offset + 6).toString()).toBe('hello\n');
    expect([removed, contacted]).toEqual([[], []]);
  });

  test('what it removes is told once: a folder without what was in it', async () => {
    const more = ['var/a', 'var/b/c', 'srv/d/e'].map(path => file(path, Buffer.from('x')));
    const folders = ['var/b', 'srv/d'].map(folder);
    const script = 'rm -r var etc/group; mkdir var; rm -r srv/d; echo now a file >srv/d';
    const { entries, removed } = await done(script, { fresh: [...debian, ...folders, ...more] });
    expect(removed.toSorted()).toEqual(['etc/group', 'var/a', 'var/b']);
    expect(seen(entries)).toEqual(['etc', 'srv', 'srv/d', 'var']);
  });

  test('of what changes in the first and the last moment nothing is missed', async () => {
    const { entries } = await done('for i in $(seq 200); do echo $i >/srv/$i; done & wait');
    expect(entries.filter(({ path }) => path.startsWith('srv/'))).toHaveLength(200);
  });

  test('it knows nothing of this machine, and has no network', async () => {
    const fresh = [
      ...debian,
      file('etc/hosts', Buffer.from('1.2.3.4 mine')),
      file('etc/hostname', Buffer.from('mine')),
    ];
    const lines = await said('env; umask; cat /proc/sys/kernel/hostname; ls /sys/class/net; cat /etc/hosts', {
      fresh,
      env: { A: 'b c' },
    });
    expect(lines.slice(0, lines.indexOf('0022') + 3)).toEqual(
      expect.arrayContaining(['A=b c', 'HOME=/root', 'TZ=UTC', 'LC_ALL=C.UTF-8', '0022', 'localhost', 'lo']),
    );
    expect(lines.join()).not.toContain(hostname());
  });

  test('it is done as the user, in the folder', async () => {
    const more = {
      user: 'app',
      workdir: '/srv',
      fresh: [...debian.filter(({ path }) => path !== 'srv'), { ...folder('srv'), uid: 1000 }],
    };
    expect(await said('id -u; pwd; echo $HOME; touch mine', more)).toEqual(['1000', '/srv', '/srv']);
  });

  test('work on layers sees what is in them, and tells only what it changed', async () => {
    const tar = await buffer(tarOf([...debian, file('srv/below', Buffer.from('below'))]));
    const path = join(scratch, 'layer.tar');
    await writeFile(path, tar);
    const layers = [{ digest: `sha256:${sha256(tar)}` as const, size: tar.length, file: path, by: 'a test' }];
    const more = { layers, fresh: [file('srv/fresh', Buffer.from('fresh'))] };
    const { entries, removed } = await done('cat srv/below srv/fresh >srv/both; rm srv/below', more);
    expect([seen(entries), removed]).toEqual([['srv', 'srv/both'], ['srv/below']]);
  });

  test('what fails is told with its last lines', async () => {
    await expect(done('seq 30; exit 3')).rejects.toMatchObject({
      parts: {
        what: 'a test failed',
        why: 'it ended with exit code 3',
        evidence: expect.arrayContaining(['11', '30']),
      },
    });
    await expect(done('true', { fresh: [] })).rejects.toThrow(/what changed can't be told/);
  });

  test('an abort ends it at once, and nothing stays', async () => {
    const began = Date.now();
    const lines = dockerWorkshop(host).work(work('sleep 60'), AbortSignal.timeout(1_500));
    await expect(lines).rejects.toThrow(/timeout/);
    expect(Date.now() - began).toBeLessThan(10_000);
    await vi.waitFor(async () => expect(await containers()).toEqual([]), 10_000);
  });

  test('when the process is killed, the container goes with it', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../testing/long-work.ts'), scratch], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const mine = async () => {
      const all = await host.docker.listContainers({ all: true, filters: { label: ['holdfast.workshop'] } });
      return all.filter(({ Labels }) => Labels['holdfast.workshop']?.includes(`"pid":${child.pid},`));
    };
    const [left] = await mine();
    expect(left).toBeDefined();
    const { instances, images } = bench.providers();
    expect((await instances.observe(bench.scope)).map(({ id }) => id)).not.toContain(left?.Id);
    expect((await images.observe(bench.scope)).map(({ id }) => id)).not.toContain(left?.ImageID);
    child.kill('SIGKILL');
    await vi.waitFor(async () => expect(await mine()).toEqual([]), 10_000);
  });

  test('work with the network reaches the world by the proxy alone, which knows where to', async () => {
    const Cmd = ['httpd', '-f', '-p', '8080', '-h', '/etc'];
    const world = await host.docker.createContainer({ name: bench.handMade('world'), Image: bench.image, Cmd });
    await world.start();
    const { NetworkSettings } = await world.inspect();
    const address = NetworkSettings.Networks.bridge?.IPAddress ?? '';
    const script = `
      proxy=\${http_proxy#http://}
      exec 3<>/dev/tcp/\${proxy%:*}/\${proxy#*:}
      printf 'GET http://${address}:8080/passwd HTTP/1.0\\r\\n\\r\\n' >&3
      cat <&3
      exec 4<>/dev/tcp/\${proxy%:*}/\${proxy#*:}
      printf 'CONNECT ${address}:8080 HTTP/1.1\\r\\n\\r\\n' >&4
      read -r answer <&4; echo "$answer"
      exec 6<>/dev/tcp/\${proxy%:*}/\${proxy#*:}
      printf 'CONNECT localhost:2375 HTTP/1.1\\r\\n\\r\\n' >&6
      read -r answer <&6; echo "tunnel here: $answer"
      exec 7<>/dev/tcp/\${proxy%:*}/\${proxy#*:}
      printf 'GET http://[::ffff:127.0.0.1]:80/ HTTP/1.0\\r\\n\\r\\n' >&7
      read -r answer <&7; echo "page here: $answer"
      for other in ${address}/8080 192.0.2.1/53; do timeout 1 bash -c "exec 5<>/dev/tcp/$other" && echo through; done
      true
    `;
    const lines: string[] = [];
    const command = ['bash', '-c', script];
    const { contacted } = await done('', { command, network: true, onOutput: line => lines.push(line) });
    expect(contacted).toEqual([`${address}:8080`, '[::ffff:7f00:1]', 'localhost:2375']);
    expect(lines).toEqual(expect.arrayContaining(['root:x:0:0:root:/:/bin/sh', 'HTTP/1.1 200 Connection established']));
    expect(lines.filter(line => line.includes(' here: HTTP/1.1 403'))).toHaveLength(2);
    expect(lines).not.toContain('through');
    const networks = await host.docker.listNetworks({ filters: { label: ['holdfast.workshop'] } });
    expect(networks.filter(({ Labels }) => Labels?.['holdfast.workshop']?.includes(`"pid":${process.pid},`))).toEqual(
      [],
    );
  });

  test('on an engine elsewhere, work with the network is refused', async () => {
    const elsewhere = dockerWorkshop({ ...host, reach: 'published' });
    await expect(elsewhere.work(work('true', { network: true }), signal)).rejects.toThrow(/not on this machine/);
  });
});
