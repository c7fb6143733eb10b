import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  content,
  digest,
  emptyStore,
  failure,
  filesIn,
  mirrorThat,
  never,
  quick,
  wantedOf,
  whole,
} from './testing/ground.ts';

describe('a file is fetched', () => {
  test('once, and then taken from the store without a word to the network', async () => {
    const store = emptyStore();
    const mirror = await mirrorThat((_, response) => whole(response));
    const first = quick(store);
    expect(first.has(digest)).toBe(false);
    const path = await first.file(wantedOf(mirror.url('nginx.deb')), never);
    expect(path).toBe(`${store}/files/sha256/${digest.hex.slice(0, 2)}/${digest.hex}`);
    expect(readFileSync(path).equals(content)).toBe(true);
    expect([...first.contacted]).toEqual([mirror.host]);
    const second = quick(store);
    expect(second.has(digest)).toBe(true);
    expect(await second.file(wantedOf(mirror.url('nginx.deb')), never)).toBe(path);
    expect([mirror.asked.length, second.contacted.size]).toEqual([1, 0]);
  });

  test('from a mirror that fails four times', async () => {
    const mirror = await mirrorThat((_, response) =>
      mirror.asked.length < 5 ? void response.writeHead(500).end('no') : whole(response),
    );
    await quick(emptyStore()).file(wantedOf(mirror.url('a')), never);
    expect(mirror.asked.length).toBe(5);
  });

  test.each([
    ['sends half of it and breaks off', 'half', true],
    ['sends half of it and calls that the whole', 'short', true],
    ['sends half of it without telling how much', 'cut', false],
    ['hangs in the middle', 'hang', true],
    ['hangs from the beginning', 'mute', true],
    ['crawls', 'crawl', true],
  ])('from a mirror that at first %s', async (_, way, isSizeKnown) => {
    const half = content.subarray(0, content.length / 2);
    const mirror = await mirrorThat((_, response) => {
      if (mirror.asked.length > 1) return whole(response);
      if (way === 'mute') return;
      if (way === 'short') return void response.writeHead(200, { 'content-length': half.length }).end(half);
      if (way === 'cut') return void response.end(half);
      response.writeHead(200, { 'content-length': content.length });
      if (way === 'crawl') return void setInterval(() => response.write('a'), 20).unref();
      response.write(half, () => way === 'half' && response.destroy());
    });
    const { size = 0, ...wanted } = wantedOf(mirror.url('a'));
    const store = emptyStore();
    const path = await quick(store, { crawl: 200 }).file(isSizeKnown ? { ...wanted, size } : wanted, never);
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(mirror.asked.length).toBe(2);
    expect(filesIn(store)).toEqual([digest.hex]);
  });

  test('from the second place when the first has it no more, without asking there again', async () => {
    const old = await mirrorThat((_, response) => void response.writeHead(404).end());
    const good = await mirrorThat((_, response) =>
      good.asked.length < 3 ? void response.writeHead(503).end() : whole(response),
    );
    await quick(emptyStore()).file(wantedOf(old.url('a'), good.url('a')), never);
    expect([old.asked.length, good.asked.length]).toEqual([1, 3]);
  });

  test('by way of another host, which is recorded and gets no token', async () => {
    const other = await mirrorThat((_, response) => whole(response));
    const mirror = await mirrorThat(({ url }, response) => {
      const location = url === '/a' ? '/b' : other.url('c');
      response.writeHead(302, { location }).end();
    });
    const one = quick(emptyStore());
    await one.file({ ...wantedOf(mirror.url('a')), headers: { authorization: 'Bearer secret' } }, never);
    expect([...one.contacted]).toEqual([mirror.host, other.host]);
    expect(mirror.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer secret', 'Bearer secret']);
    expect(other.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test('with the name and password of the address, which nothing shows', async () => {
    const mirror = await mirrorThat((_, response) => void response.writeHead(403).end());
    const url = mirror.url('a?sig=hidden').replace('//', '//ada:geheim@');
    const { parts } = await failure(quick(emptyStore()).file(wantedOf(url), never));
    expect(mirror.asked[0]?.headers.authorization).toBe(`Basic ${btoa('ada:geheim')}`);
    expect(JSON.stringify(parts)).not.toMatch(/geheim|hidden/);
  });

  test('never more than eight at a time', async () => {
    let [now, most] = [0, 0];
    const mirror = await mirrorThat((_, response) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        whole(response);
      }, 20);
    });
    await Promise.all(
      Array.from({ length: 30 }, () =>
        quick(emptyStore()).document({ ...wantedOf(mirror.url('a')), limit: 1e6 }, never),
      ),
    );
    expect(most).toBeGreaterThan(8);
    [now, most] = [0, 0];
    const one = quick(emptyStore());
    await Promise.all(
      Array.from({ length: 30 }, () => one.document({ ...wantedOf(mirror.url('a')), limit: 1e6 }, never)),
    );
    expect(most).toBe(8);
  });
});

test('a file that no mirror has any more comes with what can be done about it', async () => {
  const gone = 'take what there is now';
  const lost = async (...statuses: readonly number[]) => {
    const mirrors = await Promise.all(
      statuses.map(status => mirrorThat((_, response) => void response.writeHead(status).end())),
    );
    const wanted = { ...wantedOf(''), urls: mirrors.map(mirror => mirror.url('a')), gone };
    return (await failure(quick(emptyStore()).file(wanted, never))).parts.fix;
  };
  expect(await lost(404, 410)).toBe(gone);
  expect(await lost(404, 401)).not.toBe(gone);
});

describe('a file is refused, and nothing of it is left,', () => {
  test.each([
    ['answers 500 five times', 500, 5],
    ['asks for patience five times', 429, 5],
    ['has it no more', 404, 1],
    ['lets nobody in', 401, 1],
  ])('when the mirror %s', async (_, status, tries) => {
    const store = emptyStore();
    const mirror = await mirrorThat((_, response) => void response.writeHead(status).end());
    const { parts, exit } = await failure(quick(store).file(wantedOf(mirror.url('a')), never));
    expect(exit).toBe(3);
    expect(parts.what).toBe("nginx 1.22.1-9 (amd64) can't be fetched");
    expect(parts.evidence).toEqual([
      `${mirror.host} answered ${status} (${tries === 1 ? 'one try' : `${tries} tries`})`,
    ]);
    expect(parts.cause).toMatchObject({ status });
    expect(parts.retry).toBe(tries > 1);
    expect([mirror.asked.length, filesIn(store)]).toEqual([tries, []]);
  });

  test('when its bytes are others', async () => {
    const store = emptyStore();
    const mirror = await mirrorThat((_, response) => void response.end(Buffer.alloc(content.length, 'x')));
    const { message, parts } = await failure(quick(store).file(wantedOf(mirror.url('a')), never));
    expect(message).toContain("can't be fetched");
    expect(parts.why).toContain(`in place of ${digest.hex}`);
    expect([mirror.asked.length, filesIn(store)]).toEqual([1, []]);
  });

  test('when there is no end to it, as soon as there is too much', async () => {
    const store = emptyStore();
    let sent = 0;
    const mirror = await mirrorThat((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(content)) sent += content.length;
      };
      response.on('drain', more);
      more();
    });
    const { parts } = await failure(quick(store).file(wantedOf(mirror.url('a')), never));
    expect(parts.why).toContain(`sent more than the ${content.length} bytes`);
    expect(sent).toBeLessThan(100 * content.length);
    expect([mirror.asked.length, filesIn(store)]).toEqual([1, []]);
    const tooLong = quick(store).document({ ...wantedOf(mirror.url('a')), limit: 1000 }, never);
    expect((await failure(tooLong)).parts.why).toContain('sent more than the 1000 bytes');
  });

  test.each([
    ['to itself', 'round'],
    ['to a file of the machine', 'file:///etc/passwd'],
  ])('when it leads %s', async (_, location) => {
    const mirror = await mirrorThat((_, response) => void response.writeHead(301, { location }).end());
    const { parts } = await failure(quick(emptyStore()).file(wantedOf(mirror.url('a')), never));
    expect(parts.why).toMatch(/more than 5 redirects|no address of http/);
    expect(mirror.asked.length).toBe(location === 'round' ? 6 : 1);
  });

  test('when nobody listens, with the place and the number of tries', async () => {
    const mirror = await mirrorThat(() => {});
    await mirror[Symbol.asyncDispose]();
    const { parts } = await failure(quick(emptyStore()).file(wantedOf(mirror.url('a')), never));
    expect(parts.why).toBe(`${mirror.host} refused the connection (5 tries)`);
    expect(parts.where).toBe(mirror.url('a'));
  });

  test('when no place is known', async () => {
    expect((await failure(quick(emptyStore()).file(wantedOf(), never))).parts.where).toContain('no address is known');
  });

  test('when what it is called leads out of the store', async () => {
    const hex = `${'../'.repeat(21)}a`;
    const wanted = { ...wantedOf(), digest: { algorithm: 'sha256', hex } } as const;
    expect((await failure(quick(emptyStore()).file(wanted, never))).exit).toBe(2);
  });

  test.each(['before the answer', 'in the middle', 'between two tries'])('when it is called off %s', async when => {
    const store = emptyStore();
    const calledOff = new AbortController();
    const mirror = await mirrorThat((_, response) => {
      setTimeout(() => calledOff.abort(new Error('Ctrl-C')), 50);
      if (when === 'in the middle') response.write(content.subarray(0, 100_000));
      if (when === 'between two tries') response.writeHead(500).end();
    });
    const started = performance.now();
    const patient = quick(store, { silence: 20_000, pauses: [20_000] });
    await expect(patient.file(wantedOf(mirror.url('a')), calledOff.signal)).rejects.toThrow('Ctrl-C');
    expect(performance.now() - started).toBeLessThan(2_000);
    expect([mirror.asked.length, filesIn(store)]).toEqual([1, []]);
  });
});
