import { chmodSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Problem } from '../../../kit/problem.ts';
import { Secret } from '../../../kit/secret.ts';
import { openDockerRegistry, registryProgram } from '../testing/docker-registry.ts';
import { type Gate, openGate } from '../testing/gate.ts';
import { tinyBaked } from '../testing/tiny-baked.ts';
import { dockerLogin } from './docker-login.ts';
import { type OciRegistryOptions, ociRegistry } from './registry.ts';

const signal = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'hf-oci-'));
const program = registryProgram(folder);
const words = 'neither is docker-registry installed, nor can apt fetch it';

const failure = (work: Promise<unknown>): Promise<Problem> =>
  work.then(
    () => expect.fail('it went well'),
    error => (error instanceof Problem ? error : Promise.reject(error)),
  );

afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!program)(`a registry (left out where ${words})`, () => {
  let registry: Awaited<ReturnType<typeof openDockerRegistry>>;
  beforeAll(async () => {
    registry = await openDockerRegistry(program ?? '');
  });
  afterAll(() => registry?.[Symbol.asyncDispose]());

  const outlet = (host: string, options: Partial<OciRegistryOptions> = {}) =>
    ociRegistry({ host, repository: 'team/web', login: async () => undefined, pauses: [1, 2, 3], ...options });

  async function gate(keeps: Gate) {
    const opened = await openGate(registry.host, keeps);
    onTestFinished(() => opened[Symbol.asyncDispose]());
    return opened;
  }

  test('takes an image, byte for byte, and is sent nothing that it has', async () => {
    const counted = await gate(() => false);
    const image = await tinyBaked(folder, 'pushed');
    const contacted = new Set<string>();
    const one = outlet(counted.host, { contacted });
    expect(await one.put(image, 'v1', signal)).toBe(`${counted.host}/team/web@${image.digest}`);
    const manifest = await fetch(`http://${registry.host}/v2/team/web/manifests/v1`, {
      headers: { accept: 'application/vnd.oci.image.manifest.v1+json' },
    });
    expect([await manifest.text(), manifest.headers.get('docker-content-digest')]).toEqual([
      image.manifest,
      image.digest,
    ]);
    const config = await fetch(`http://${registry.host}/v2/team/web/blobs/${image.configDigest}`);
    expect(await config.text()).toBe(image.config);
    counted.asked.length = 0;
    await one.put(image, 'v2', signal);
    expect(counted.asked.filter(({ method }) => method === 'POST')).toEqual([]);
    await one.put(await tinyBaked(folder, 'changed'), 'v3', signal);
    expect(counted.asked.filter(({ method }) => method === 'POST').length).toBe(2);
    expect([...contacted]).toEqual([counted.host]);
  });

  test.skipIf(process.env.HOLDFAST_NO_DOCKER)('hands it to an engine, which knows it by the same digests', async () => {
    const docker = new Docker();
    const image = await tinyBaked(folder, `pulled ${process.pid}`);
    const reference = await outlet(registry.host).put(image, 'v1', signal);
    const stream = await docker.pull(reference);
    await new Promise<void>((resolve, reject) =>
      docker.modem.followProgress(stream, error => (error ? reject(error) : resolve())),
    );
    onTestFinished(() => docker.getImage(reference).remove({ force: true }));
    const pulled = await docker.getImage(reference).inspect();
    expect(pulled.RepoDigests).toContain(reference);
    expect(pulled.RootFS.Layers).toEqual(image.layers.map(({ digest }) => digest));
    expect(pulled.Config).toMatchObject(JSON.parse(image.config).config);
    expect([image.digest, image.configDigest]).toContain(pulled.Id);
  });

  test('is signed in to with a name and a password', async () => {
    const expected = `Basic ${btoa('ada:geheim')}`;
    const basic = await gate(({ headers }, response) => {
      if (headers.authorization === expected) return false;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="the team"' }).end();
      return true;
    });
    const image = await tinyBaked(folder, 'basic');
    const login = async () => ({ user: 'ada', password: new Secret('geheim') });
    await outlet(basic.host, { login }).put(image, 'v1', signal);
    const { parts } = await failure(outlet(basic.host).put(image, 'v1', signal));
    expect(parts).toMatchObject({
      what: 'the registry did not take who we are',
      fix: expect.stringContaining(`docker login ${basic.host}`),
    });
  });

  /** Tokens hold for so many requests. */
  const tokenGate = (uses: number, asked: string[]): Gate => {
    let [token, left] = ['', 0];
    return ({ url = '', method, headers }, response, host) => {
      if (url.startsWith('/token')) {
        asked.push(`${method} ${url} ${headers.authorization}`);
        [token, left] = [`t${asked.length}`, uses];
        response.end(JSON.stringify({ token }));
        return true;
      }
      if (left-- > 0 && headers.authorization === `Bearer ${token}`) return false;
      response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${host}/token",service="the team"` }).end();
      return true;
    };
  };

  test('is signed in to with a token, which is renewed when it ends', async () => {
    const asked: string[] = [];
    const bearer = await gate(tokenGate(6, asked));
    const login = async () => ({ user: 'ada', password: new Secret('geheim') });
    await outlet(bearer.host, { login }).put(await tinyBaked(folder, 'bearer'), 'v1', signal);
    expect(asked[0]).toBe(
      `GET /token?service=the+team&scope=repository%3Ateam%2Fweb%3Apull%2Cpush Basic ${btoa('ada:geheim')}`,
    );
    expect(asked.length).toBeGreaterThan(1);
  });

  test('is signed in to with what an earlier sign-in left', async () => {
    const asked: string[] = [];
    const bearer = await gate(tokenGate(100, asked));
    const login = async () => ({ refresh: new Secret('earlier') });
    await outlet(bearer.host, { login }).put(await tinyBaked(folder, 'refresh'), 'v1', signal);
    expect(asked).toEqual(['POST /token undefined']);
  });

  test('may have uploads sent to another host, which is not shown who we are', async () => {
    const other = await gate(() => false);
    const expected = `Basic ${btoa('ada:geheim')}`;
    const first = await gate(({ method, url, headers }, response) => {
      if (headers.authorization !== expected) response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      else if (method === 'POST')
        void fetch(`http://${registry.host}${url}`, { method }).then(({ headers }) =>
          response.writeHead(202, { location: headers.get('location')?.replace(registry.host, other.host) }).end(),
        );
      else return false;
      return true;
    });
    const contacted = new Set<string>();
    const login = async () => ({ user: 'ada', password: new Secret('geheim') });
    await outlet(first.host, { login, contacted }).put(await tinyBaked(folder, 'elsewhere'), 'v1', signal);
    expect(new Set(other.asked.map(({ headers }) => headers.authorization))).toEqual(new Set([undefined]));
    expect(contacted).toEqual(new Set([first.host, other.host]));
  });

  test('that fails for a while is tried again, and no blob is lost', async () => {
    let failures = 0;
    const weary = await gate(({ method }, response) => {
      if (method !== 'PUT' || ++failures > 3) return false;
      response.writeHead(503).end();
      return true;
    });
    const image = await tinyBaked(folder, 'weary');
    expect(await outlet(weary.host).put(image, 'v1', signal)).toContain(image.digest);
    expect(failures).toBeGreaterThan(3);
  });

  test('that refuses is told with its reason', async () => {
    const denied = await gate(({ method }, response) => {
      if (method !== 'POST') return false;
      response.writeHead(403).end(JSON.stringify({ errors: [{ code: 'DENIED', message: 'push not allowed' }] }));
      return true;
    });
    const { parts, exit } = await failure(outlet(denied.host).put(await tinyBaked(folder, 'denied'), 'v1', signal));
    expect([exit, parts.retry]).toEqual([3, false]);
    expect(parts.evidence).toEqual(['DENIED: push not allowed']);
  });

  test('does not get a layer that is not what its digest says', async () => {
    const image = await tinyBaked(folder, 'short');
    const last = image.layers.at(-1);
    truncateSync(last?.file ?? '', 1024);
    await expect(outlet(registry.host).put(image, 'short', signal)).rejects.toThrow();
    expect((await fetch(`http://${registry.host}/v2/team/web/manifests/short`)).status).toBe(404);
  });

  test('is left at once when it is called off', async () => {
    const calledOff = new AbortController();
    const mute = await gate(() => {
      setTimeout(() => calledOff.abort(new Error('Ctrl-C')), 20);
      return true;
    });
    await expect(outlet(mute.host).put(await tinyBaked(folder, 'off'), 'v1', calledOff.signal)).rejects.toThrow(
      'Ctrl-C',
    );
  });
});

describe('a repository', () => {
  test('that is not there is a problem with the host', async () => {
    const image = await tinyBaked(folder, 'nowhere');
    const one = ociRegistry({ host: '127.0.0.1:1', repository: 'web', pauses: [1] });
    const { parts, exit } = await failure(one.put(image, 'v1', signal));
    expect([parts.what, exit, parts.retry]).toEqual(["the registry 127.0.0.1:1 can't be reached", 3, true]);
  });

  test.each(['Team/web', 'team//web', '../web', 'web/', 'team/web?x'])('is not called %s', repository => {
    expect(() => ociRegistry({ host: '127.0.0.1:1', repository })).toThrow('is no name of a repository');
  });
});

describe("docker's sign-ins", () => {
  function signedIn(config: unknown) {
    const home = mkdtempSync(join(folder, 'home-'));
    mkdirSync(join(home, '.docker'));
    writeFileSync(join(home, '.docker/config.json'), JSON.stringify(config));
    return { home, env: { PATH: `${home}:${process.env.PATH}` } };
  }

  const told = (login: Awaited<ReturnType<typeof dockerLogin>>) =>
    login && ('user' in login ? [login.user, login.password.reveal()] : [login.refresh.reveal()]);

  test.each([
    ['registry.invalid:5000', ['ada', 'ge:heim']],
    ['old.invalid', ['linus', 'x']],
    ['token.invalid', ['earlier']],
    ['other.invalid', undefined],
  ])('for %s are found', async (host, expected) => {
    const auths = {
      'registry.invalid:5000': { auth: btoa('ada:ge:heim') },
      'https://old.invalid/v1/': { auth: btoa('linus:x') },
      'token.invalid': { auth: btoa('ada:'), identitytoken: 'earlier' },
    };
    expect(told(await dockerLogin(host, signedIn({ auths })))).toEqual(expected);
  });

  test.each([
    ['registry.invalid', ['of registry.invalid', 's3cret']],
    ['token.invalid', ['earlier']],
    ['broken.invalid', undefined],
    ['missing.invalid', undefined],
  ])('for %s are asked of the helper', async (host, expected) => {
    const credHelpers = {
      'registry.invalid': 'test',
      'token.invalid': 'test',
      'broken.invalid': 'test',
      'missing.invalid': 'none',
    };
    const around = signedIn({ credHelpers });
    const helper = join(around.home, 'docker-credential-test');
    writeFileSync(
      helper,
      `#!/bin/sh
read -r host || true
case $1-$host in
  get-token.invalid) echo '{"Username":"<token>","Secret":"earlier"}' ;;
  get-registry.invalid) echo '{"Username":"of registry.invalid","Secret":"s3cret"}' ;;
  *) echo credentials not found && exit 1 ;;
esac
`,
    );
    chmodSync(helper, 0o755);
    expect(told(await dockerLogin(host, around))).toEqual(expected);
  });

  test('that can not be read are a problem that quotes nothing of them', async () => {
    const around = signedIn({ auths: { 'a.invalid': { auth: 7 } } });
    writeFileSync(join(around.home, '.docker/config.json'), '{"auths": "geheim"');
    const { parts } = await failure(dockerLogin('a.invalid', around));
    expect(JSON.stringify(parts)).not.toContain('geheim');
  });
});
