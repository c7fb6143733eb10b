import { connect } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ownCertificate } from './testing/certificate.ts';
import { emptyStore, failure, mirrorThat, never, quick, wantedOf, whole } from './testing/ground.ts';

const secured = ownCertificate();

describe('a certificate', () => {
  test('of the own is trusted when it was named, and is not otherwise', async () => {
    const mirror = await mirrorThat((_, response) => whole(response), secured);
    const wanted = wantedOf(mirror.url('a'));
    const { parts } = await failure(quick(emptyStore()).file(wanted, never));
    expect(parts.why).toContain('its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT) (one try)');
    expect(parts.fix).toContain('NODE_EXTRA_CA_CERTS');
    expect(mirror.asked).toEqual([]);
    await quick(emptyStore(), { ca: [secured.cert] }).file(wanted, never);
    await quick(emptyStore(), { strict: false }).file(wanted, never);
    expect(mirror.asked.length).toBe(2);
  });

  test('is not left behind by a redirect from https to http', async () => {
    const plain = await mirrorThat((_, response) => whole(response));
    const mirror = await mirrorThat(
      (_, response) => void response.writeHead(302, { location: plain.url('a') }).end(),
      secured,
    );
    const one = quick(emptyStore(), { ca: [secured.cert] });
    const { parts } = await failure(one.file(wantedOf(mirror.url('a')), never));
    expect(parts.why).toContain(`leads from https to http at ${plain.host}, which is not followed`);
    expect([plain.asked.length, [...one.contacted]]).toEqual([0, [mirror.host]]);
  });
});

describe('a proxy', () => {
  /** Forwards what comes by http, and opens a tunnel to what comes by https: all names lead to this machine. */
  async function openProxy() {
    const tunnels: (string | undefined)[] = [];
    const proxy = await mirrorThat((_, response) => whole(response));
    proxy.server.on('connect', ({ url }, client, head) => {
      tunnels.push(url);
      const upstream = connect(Number(url?.split(':')[1]), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.write(head);
        upstream.pipe(client).pipe(upstream);
      });
      for (const one of [client, upstream]) one.on('error', () => one.destroy());
    });
    return { ...proxy, tunnels };
  }

  test('of the environment is asked, and forwards http without a tunnel', async () => {
    const proxy = await openProxy();
    vi.stubEnv('http_proxy', proxy.url(''));
    vi.stubEnv('no_proxy', '');
    onTestFinished(() => void vi.unstubAllEnvs());
    const one = quick(emptyStore());
    await one.file(wantedOf('http://mirror.invalid/a'), never);
    expect(proxy.asked.map(({ url }) => url)).toEqual(['http://mirror.invalid/a']);
    expect([...one.contacted]).toEqual(['mirror.invalid']);
  });

  test('is asked for a tunnel to https', async () => {
    const proxy = await openProxy();
    const mirror = await mirrorThat((_, response) => whole(response), secured);
    const options = { ca: [secured.cert], proxy: { https: proxy.url(''), no: '' } };
    const url = mirror.url('a').replace('127.0.0.1', 'mirror.invalid');
    await quick(emptyStore(), options).file(wantedOf(url), never);
    expect([proxy.tunnels, mirror.asked.length]).toEqual([[new URL(url).host], 1]);
  });

  test('is passed by where it is said so, and to this machine', async () => {
    const proxy = await openProxy();
    const mirror = await mirrorThat((_, response) => whole(response));
    const here = quick(emptyStore(), { proxy: { http: proxy.url(''), no: '' } });
    await here.file(wantedOf(mirror.url('a')), never);
    expect([proxy.asked.length, mirror.asked.length]).toEqual([0, 1]);
    const elsewhere = quick(emptyStore(), { proxy: { http: proxy.url(''), no: '.invalid' } });
    const { parts } = await failure(elsewhere.file(wantedOf('http://mirror.invalid/a'), never));
    expect([proxy.asked.length, parts.why]).toEqual([0, expect.stringMatching(/^mirror.invalid has a name/)]);
  });
});
