/** A secret's value is nowhere but in its store and in the container that it is for. Under load: @quiet. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { docker, labelled, type Project, story, tellAll } from './harness.ts';
import { containersOf, runIn, runInContainer } from './support/containers.ts';
import { inWords, startLoad } from './support/load.ts';
import { type Spied, spyOn } from './support/spy.ts';

const system = `import { image, network, secret, service, system, text } from 'holdfast';

export default system('NAME', () => {
  const tiny = image('tiny', { archive: 'tiny.tar' });
  const lan = network('lan');
  const key = secret('api-key');
  const token = secret('odd-token');
  const password = secret('password', { generate: 32 });
  const run = { image: tiny, network: lan, command: ['sleep', '86400'], stop: { grace: '1s' } } as const;
  const db = service('db', { ...run, files: { '/run/secrets/password': password } });
  service('app', {
    ...run,
    env: { API_KEY: key, DATABASE_URL: text\`postgres://app:\${password}@\${db.host}:5432/app\` },
    files: { '/run/secrets/token': token, '/etc/app.conf': text\`token = "\${token}"\` },
  });
});
`;

interface Values {
  readonly key: string;
  readonly token: string;
}

/** One of letters and digits, and one that is written differently in JSON, in a URL and in a shell. */
const newValues = (): Values => ({
  key: `key${randomBytes(12).toString('hex')}`,
  token: `t/"${randomBytes(6).toString('hex')}" $'\\ü+=${randomBytes(6).toString('hex')}`,
});

const given = (project: Project, { key, token }: Values) =>
  project.given({ HOLDFAST_SECRET_API_KEY: key, HOLDFAST_SECRET_ODD_TOKEN: token });

story('no value is seen anywhere, from the plan to the end', async telling => {
  const project = await telling.project({ system });
  const values = newValues();
  const { begin, must } = given(project, values);
  const printed: string[] = [];
  const say = async (...args: string[]): Promise<void> => {
    const { stdout, stderr } = await must(...args);
    printed.push(stdout, stderr);
  };

  await say('plan');
  await say('plan', '--json');
  await say('plan', '--out', 'saved.plan');
  const running = begin('up', '--yes', '--json');
  const spied = await spyOn(running);
  const { code, stdout, stderr } = await running.ended;
  assert.equal(code, 0, stderr);
  printed.push(stdout, stderr);
  for (const args of [['status'], ['status', '--json'], ['journal'], ['journal', '--json'], ['plan', '--json']])
    await say(...args);

  const generated = await isDelivered(project, values);
  const forms = [values.key, values.token, generated].flatMap(formsOf);
  const places = await everyPlace(project, printed, spied);
  telling.say(`${forms.length} forms of 3 values, looked for in ${places.size} places`);
  telling.say(`${spied.looks} looks at ${spied.commandLines.size} command lines while up ran`);
  assert.ok(spied.looks > 20 && spied.environments.size > 0);
  assert.deepEqual(findings(places, forms), []);

  await must('down', '--yes');
  assert.deepEqual((await labelled(project.name)).ofFiles, [], 'what held the files is gone');
  assert.deepEqual(findings(await everyPlace(project, [], spied), forms), []);
});

story('a value that changed replaces what uses it, and the plan says so without showing it', async telling => {
  const project = await telling.project({ system });
  const [old, fresh] = [newValues(), newValues()];
  await given(project, old).must('up', '--yes');
  assert.match((await given(project, old).must('plan')).stdout, /no changes/i);
  const [db] = await containersOf(project.name, { service: 'db' });

  const { stdout } = await given(project, fresh).must('plan');
  assert.match(stdout, /app/);
  assert.match(stdout, /API_KEY/, 'which variable');
  assert.match(stdout, /\/run\/secrets\/token/, 'which file');
  assert.match(stdout, /secret/i, 'that it is a secret');
  assert.doesNotMatch(stdout, /\bdb\b/, 'only what uses it');
  telling.say(stdout.trim().replaceAll('\n', '\n    '));
  const forms = [old.key, old.token, fresh.key, fresh.token].flatMap(formsOf);
  assert.deepEqual(findings(new Map([['the plan', stdout]]), forms), []);

  await given(project, fresh).must('up', '--yes');
  await isDelivered(project, fresh);
  assert.deepEqual(await containersOf(project.name, { service: 'db' }), [db]);
  assert.match((await given(project, fresh).must('plan')).stdout, /no changes/i);
});

const rotating = `import { edge, image, network, probe, secret, service, system } from 'holdfast';

export default system('NAME', env => {
  const tiny = image('tiny', { archive: 'tiny.tar' });
  const lan = network('lan');
  const key = secret('key', { generate: 16 });
  const token = secret('token');
  const web = service('web', {
    image: tiny,
    network: lan,
    replicas: 2,
    ports: { http: 8080 },
    user: '1000:1000',
    files: { '/run/secrets/key': key, '/run/secrets/token': token, '/srv/index.html': 'open' },
    command: ['sh', '-c', '! grep -q bad /run/secrets/token && exec httpd -f -p 8080 -h /srv'],
    health: probe.http('http', '/', { interval: '100ms', within: '5s' }),
    stop: { grace: '1s' },
  });
  edge('door', { network: lan, routes: { [env.domain]: web.port('http') } });
});
`;

story(
  'a rotated secret rolls through without a failed request; one that is wrong goes back to the value before',
  async telling => {
    const project = await telling.project({ system: rotating });
    const set = (value: string) => project.piped(value, 'secret', 'set', 'token');
    const values = async (): Promise<readonly string[]> => {
      const webs = (await containersOf(project.name, { service: 'web' })).filter(one => one.running);
      return Promise.all(webs.map(({ id }) => runInContainer(id, 'sh', '-c', 'cat /run/secrets/*')));
    };
    await set('good');
    await project.must('up', '--yes');
    const [first, twin] = await values();
    assert.ok(first?.endsWith('good') && twin === first);

    await project.must('secret', 'rotate', 'key');
    const { stdout: planned } = await project.must('plan');
    assert.match(planned, /rotate +secret\/key/);
    assert.match(planned, /given anew to service\/web/);
    const load = startLoad({ port: project.ports, host: `${project.name}.localhost` }, { rate: 100, only: '/' });
    telling.after(() => load.stop());
    await project.must('up', '--yes');
    const tally = await load.stop();
    telling.say(inWords(tally));
    assert.equal(tally.failed, 0, 'requests failed');
    assert.ok(tally.sent > 100);
    const [second] = await values();
    assert.ok(second?.endsWith('good') && second !== first);
    assert.doesNotMatch((await project.must('secret', 'ls')).stdout, /not yet released/, 'the value before is gone');

    await set('bad');
    const wrong = await project.holdfast('up', '--yes');
    assert.equal(wrong.code, 1, wrong.stdout + wrong.stderr);
    assert.deepEqual(new Set(await values()), new Set([second]), 'what ran before runs, with the value that it had');
    assert.match((await project.must('secret', 'ls')).stdout, /token .*not yet released/);
    await set('better');
    await project.must('up', '--yes');
    assert.ok((await values()).every(value => value.endsWith('better')));
    assert.match((await project.must('plan')).stdout, /no changes/i);
  },
);

story('a secret that nobody gave a value is named, with the place to put it, and nothing is touched', async telling => {
  const project = await telling.project({ system });
  const { code, stderr } = await project.holdfast('up', '--yes');
  assert.equal(code, 2, stderr);
  for (const word of ['api-key', 'odd-token', 'HOLDFAST_SECRET_API_KEY']) assert.ok(stderr.includes(word), stderr);
  assert.deepEqual((await labelled(project.name)).containers, []);
});

/** The containers have the values; what was generated. */
async function isDelivered({ name }: Project, { key, token }: Values): Promise<string> {
  const generated = await runIn(name, 'db', 'cat', '/run/secrets/password');
  assert.match(generated, /^[A-Za-z0-9]{32}$/);
  assert.equal(await runIn(name, 'app', 'sh', '-c', 'echo "$API_KEY"'), key);
  assert.equal(await runIn(name, 'app', 'sh', '-c', 'echo "$DATABASE_URL"'), `postgres://app:${generated}@db:5432/app`);
  assert.equal(await runIn(name, 'app', 'cat', '/run/secrets/token'), token);
  assert.equal(await runIn(name, 'app', 'cat', '/etc/app.conf'), `token = "${token}"`);
  return generated;
}

/** A value as it may stand somewhere: as it is, as others write it, and hashed without a key. */
function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const inside = [0, 1, 2].map(offset =>
    Buffer.concat([Buffer.alloc(offset, 'x'), bytes])
      .toString('base64')
      .replaceAll('=', '')
      .slice(4, -2),
  );
  const json = JSON.stringify(value).slice(1, -1);
  const hashes = ['sha256', 'sha1', 'md5'].map(kind => createHash(kind).update(value).digest('hex'));
  return [
    ...new Set([
      value,
      json,
      JSON.stringify(json).slice(1, -1),
      encodeURIComponent(value),
      bytes.toString('hex'),
      ...inside,
      ...hashes,
    ]),
  ];
}

type Places = ReadonlyMap<string, string>;

async function everyPlace({ folder, name }: Project, printed: readonly string[], spied: Spied): Promise<Places> {
  const { containers, networks, volumes, ofFiles, images } = await labelled(name);
  return new Map([
    ...printed.map((text, nth): [string, string] => [`output ${nth}`, text]),
    ...(await filesOf(folder)),
    ['command lines', [...spied.commandLines].join('\n')],
    ['environments of children', [...spied.environments].join('\n')],
    ['lists of the engine', JSON.stringify({ containers, networks, volumes, ofFiles, images })],
    ...(await Promise.all(containers.flatMap(({ Id }) => [inspected(Id), logged(Id)]))),
    ...(await Promise.all(images.map(({ Id }) => imaged(Id)))),
  ]);
}

/** The project, the sealed file and the identity among it, the state of the machine and the saved plan. */
async function filesOf(folder: string): Promise<readonly [string, string][]> {
  const entries = await Array.fromAsync(glob('{.holdfast,.state,.config}/**', { cwd: folder, withFileTypes: true }));
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  for (const one of ['journal.db', 'secrets.age', 'identity'])
    assert.ok(
      files.some(file => file.endsWith(one)),
      files.join(),
    );
  return Promise.all(
    [...files, join(folder, 'saved.plan')].map(
      async (file): Promise<[string, string]> => [file, await readFile(file, 'latin1')],
    ),
  );
}

async function inspected(id: string): Promise<[string, string]> {
  const seen: Docker.ContainerInspectInfo = await docker.getContainer(id).inspect();
  const { Env: _, ...Config } = seen.Config;
  return [`inspect of ${seen.Name}`, JSON.stringify({ ...seen, Config })];
}

async function logged(id: string): Promise<[string, string]> {
  const log = await docker.getContainer(id).logs({ stdout: true, stderr: true, follow: false });
  return [`log of ${id}`, log.toString()];
}

async function imaged(id: string): Promise<[string, string]> {
  const image = docker.getImage(id);
  return [`image ${id}`, JSON.stringify([await image.inspect(), await image.history()])];
}

/** Where one of the forms stands. Says the place and the form's number only: a test's output is a log too. */
const findings = (places: Places, forms: readonly string[]): readonly string[] =>
  [...places].flatMap(([place, text]) =>
    forms.flatMap((form, nth) =>
      text.includes(form) || text.includes(latin(form)) ? [`form ${nth} in ${place}`] : [],
    ),
  );

/** How UTF-8 looks in a file that was read byte by byte. */
const latin = (text: string): string => Buffer.from(text).toString('latin1');

await tellAll();
