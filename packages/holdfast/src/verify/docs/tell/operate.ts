import { type Address, kindOf, nameIn } from '../../../model/address.ts';
import { isKnown } from '../../../model/resource.ts';
import type { Block, Command } from '../page/page.ts';
import type { Around } from './around.ts';

/** How to operate a thing: commands as they are typed, of the verbs that there are. */
export function commandsFor(of: Address | undefined, around: Around): Block {
  const environment = around.model.environment;
  const where = environment === 'local' ? '' : ` --env ${environment}`;
  const commands = (of === undefined ? ofSystem : (byKind[kindOf(of)] ?? ofAnything)(nameIn(of), of, around))
    .filter(([command]) => around.verbs.has(command.split(' ')[0] ?? ''))
    .map(([command, does]): Command => [`holdfast ${withEnvironment(command, where)}`, does]);
  return { commands };
}

/** Before what is meant for another program. */
const withEnvironment = (command: string, where: string): string => {
  const [ours = '', theirs] = command.split(/(?= -- )/);
  return `${ours}${where}${theirs ?? ''}`;
};

type Commands = (name: string, of: Address, around: Around) => readonly Command[];

const ofSystem: readonly Command[] = [
  ['status', 'what runs, whether it is well, and whether it is as declared'],
  ['plan', 'what up would change, and why'],
  ['up', 'make it as declared; goes back as a whole when a part fails'],
  ['rollback', 'go back to the release before'],
  ['logs --follow', 'what all services write, as it comes'],
  ['check', 'run all checks against what runs'],
  ['journal --limit 20', 'the newest of what happened'],
  ['image ls', 'what was baked and sealed'],
  ['upstreams', 'which hosts baking and deploying rest on'],
  ['docs --check', 'whether these pages say what is declared'],
];

const ofAnything: Commands = () => [
  ['plan', 'whether it is as declared'],
  ['up', 'make it as declared'],
];

const ofService: Commands = (name, of, { all }) => {
  const resource = all.get(of);
  const isMany = resource !== undefined && isKnown('service')(resource) && resource.spec.replicas > 1;
  return [
    ['status', 'whether its instances run and answer'],
    [`logs ${name} --follow`, `what ${isMany ? 'its instances write' : 'it writes'}, as it comes`],
    [`logs ${name} --since 10m`, 'what it wrote lately'],
    [`exec ${name}${isMany ? '.1' : ''} -- sh`, 'a shell inside, where its image has one'],
    ['plan', 'what is not as declared, by whoever’s hand'],
    ['up', 'bring back what was stopped or changed by hand'],
    ['rollback', 'the release before, of the whole system'],
    ...(resource && isKnown('service')(resource)
      ? [[`image show ${nameIn(resource.spec.image)}`, 'what it runs on: settings, packages, seal'] as const]
      : []),
  ];
};

const ofTask: Commands = name => [
  [`journal --kind step.failed --limit 5`, `whether ${name} failed, and how`],
  ['up', 'run it again where it did not end well'],
];

const ofImage: Commands = name => [
  [`image show ${name}`, 'settings, layers, packages, seal'],
  [`bake ${name}`, 'bake, examine and seal it'],
  [`bake ${name} --update`, 'the same of the newest packages'],
  [`image verify ${name}`, 'read every byte and every seal again'],
];

const ofPromise: Commands = name => [
  [`promise explain ${name}`, 'the whole chain: which fact, of when, on what'],
  ['journal --kind check.ran --limit 20', 'the newest runs of checks'],
  ['status', 'whether what it rests on is well'],
];

const byKind: Readonly<Record<string, Commands>> = {
  service: ofService,
  routes: (name, of, around) => ofService(name, `service/${nameIn(of)}`, around),
  migration: ofTask,
  job: ofTask,
  image: ofImage,
  promise: ofPromise,
  check: name => [[`check ${name}`, 'run it against what runs']],
  volume: name => [
    ['status', 'where it is'],
    [`plan --destroy ${name}`, 'once it is no longer declared: what destroying its data would mean'],
  ],
  upstream: () => [['upstreams', 'which hosts baking and deploying rest on']],
  secret: () => [['plan', 'whether what runs has its present value']],
  team: () => [['journal --limit 20', 'the newest of what happened, and by whom']],
};
