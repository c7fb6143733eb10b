/**
 * Images of well-known software, baked of recipes: what is installed is what apt would install, what the lock names and
 * what the bill of materials lists; dpkg finds nothing amiss. @long
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { type Project, shared, story, type Telling, tellAll } from './harness.ts';
import { type Baked, bake, complaints } from './support/bake/baked.ts';
import { type Example, exampleProject } from './support/bake/example.ts';
import { forget, inFresh } from './support/bake/inside.ts';
import { aptInstalls, lockedIn, toldOf } from './support/bake/package-sets.ts';

// Both look at what the archive has now: what it had when a lock was written is no longer what apt would install.
execFileSync('apt-get', ['-q', 'update'], { stdio: 'ignore' });
const asOfNow = ['--update', '--no-twice'];

/** What all of them begin with. */
const base = ['ca-certificates'];

interface Kitchen {
  readonly project: Project;
  readonly baked: Baked;
  readonly references: ReadonlyMap<string, string>;
}

async function baking(telling: Telling, project: Project, ...args: readonly string[]): Promise<Kitchen> {
  const baked = await bake(project, '--to', `engine:${project.name}`, ...args);
  const references = new Map(baked.brought.flatMap(({ image, as }) => (as ? [[image, as] as const] : [])));
  telling.after(() => Promise.all([...references.values()].map(forget)));
  return { project, baked, references };
}

const kitchenOf = (example: Example) =>
  shared(async telling => baking(telling, await exampleProject(telling, example), ...asOfNow));

/** What each image of the examples is asked for, besides ca-certificates that all have. */
const examples: Readonly<Record<Example, Readonly<Record<string, readonly string[]>>>> = {
  recipes: {
    base: [],
    nginx: ['nginx'],
    postgres: ['postgresql-15'],
    redis: ['redis-server'],
    haproxy: ['haproxy'],
    ssh: ['openssh-server'],
    python: ['python3'],
    caddy: ['caddy'],
    node: ['libatomic1', 'libstdc++6'],
  },
  shop: { base: [], app: ['libatomic1', 'libstdc++6'], postgres: ['postgresql-15'] },
};

for (const [example, images] of Object.entries(examples)) {
  const kitchen = kitchenOf(example as Example);
  story(`all images of examples/${example} are baked, start, and pass their checks`, async () => {
    const { baked } = await kitchen();
    assert.deepEqual(complaints(baked), []);
    for (const { name, seal } of baked.images) assert.match(seal ?? '', /^sealed/, name);
  });
  for (const [name, packages] of Object.entries(images))
    story(`${example}/${name} has what apt would install, as the lock and the bill of materials say`, async telling =>
      isWhatAptInstalls(await kitchen(), name, packages, telling),
    );
}

/** Further sets, each with a command that shows that it runs. */
const further: Readonly<Record<string, readonly [packages: readonly string[], command: string]>> = {
  git: [['git'], 'git init -q /tmp/one && git -C /tmp/one status'],
  cron: [['cron', 'rsyslog'], 'cron && rsyslogd -N1'],
  curl: [['curl', 'tini'], 'tini -- curl --version'],
  php: [['php-cli'], `php -r 'echo PHP_VERSION;'`],
  apache: [['apache2'], 'apache2ctl configtest'],
  java: [['default-jre-headless'], 'java -version'],
  mariadb: [['mariadb-server'], 'mariadbd --version'],
  patroni: [['patroni', 'etcd-server', 'pgbackrest'], 'patroni --version && etcd --version && pgbackrest version'],
  pip: [['python3-pip'], 'pip3 --version'],
  build: [['build-essential'], `printf 'int main(){return 0;}' >/tmp/a.c && gcc -o /tmp/a /tmp/a.c && /tmp/a`],
};

const ofFurther = `import { debian, image, packages, system } from 'holdfast';
const base = () => debian('bookworm', { packages: ${JSON.stringify(base)} });
export default system('NAME', () => {
${Object.entries(further)
  .map(([name, [packages]]) => {
    const steps = `[packages(${JSON.stringify(packages)})]`;
    return `  image('${name}', { base: base(), steps: ${steps}, command: ['sleep', '3600'] });`;
  })
  .join('\n')}
});
`;

const kitchenOfFurther = shared(async telling =>
  baking(telling, await telling.project({ system: ofFurther }), ...asOfNow),
);

for (const [name, [packages, command]] of Object.entries(further))
  story(`${packages.join(', ')}: what apt would install, and it runs`, async telling => {
    const kitchen = await kitchenOfFurther();
    assert.deepEqual(
      complaints(kitchen.baked).filter(line => line.startsWith(`${name}:`)),
      [],
    );
    await isWhatAptInstalls(kitchen, name, packages, telling);
    await inFresh(kitchen.references.get(name) ?? '', command);
  });

/** As dpkg --verify tells of a configuration file that the recipe puts in place of the package's. */
const changedOnPurpose: Readonly<Record<string, string>> = { haproxy: '??5?????? c /etc/haproxy/haproxy.cfg' };

async function isWhatAptInstalls(
  { project, references, baked }: Kitchen,
  name: string,
  packages: readonly string[],
  telling: Telling,
): Promise<void> {
  const reference = references.get(name);
  assert.ok(reference, complaints(baked).join('\n') || `${name} was not baked`);
  const { installed, listed, complaints: amiss } = await toldOf(project, { name }, reference);
  assert.equal(amiss, changedOnPurpose[name] ?? '', 'what dpkg --audit and --verify say');
  assert.deepEqual(listed, installed, 'the bill of materials');
  assert.deepEqual(installed, await lockedIn(project, base, packages), 'the lock');
  assert.deepEqual(installed, await aptInstalls([...base, ...packages]), 'apt');
  telling.say(`${name}: ${installed.length} packages`);
}

await tellAll();
