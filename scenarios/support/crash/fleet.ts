/** What a trial's system.ts declares, and what must be on the engine for it. */
export interface Fleet {
  /** Stands in the environment of every container. */
  readonly version: number;
  /** Replicas of each service, by name; `store` holds the volume. */
  readonly services: Readonly<Record<string, number>>;
}

const small = { web: 2, worker: 2, store: 1 };
const large = {
  ...Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`web${index + 1}`, 5])),
  worker1: 5,
  worker2: 4,
  store: 1,
};

export type Size = 5 | 50;

export const whole = (size: Size, version: number): Fleet => ({ version, services: size === 5 ? small : large });

/** Without its workers, and without the network that they alone are on. */
export const withoutWorkers = ({ version, services }: Fleet): Fleet => ({
  version,
  services: Object.fromEntries(Object.entries(services).filter(([name]) => !isWorker(name))),
});

const isWorker = (name: string): boolean => name.startsWith('worker');

const hasWorkers = ({ services }: Fleet): boolean => Object.keys(services).some(isWorker);

/** Addresses of all containers. */
export const slotsOf = ({ services }: Fleet): readonly string[] =>
  Object.entries(services).flatMap(([name, replicas]) =>
    Array.from({ length: replicas }, (_, index) => `instance/${name}.${index + 1}`),
  );

export const networksOf = (fleet: Fleet): readonly string[] =>
  hasWorkers(fleet) ? ['network/back', 'network/lan'] : ['network/lan'];

/** Each kind of service has something of its own that a crash may leave behind. */
export const systemText = (fleet: Fleet): string => `
import { image, network, probe, service, system, volume } from 'holdfast';

export default system('NAME', () => {
  const lan = network('lan');
  ${hasWorkers(fleet) ? "const back = network('back');" : ''}
  const data = volume('data');
  const usual = {
    image: image('tiny', { archive: './tiny.tar' }),
    command: ['sleep', '3600'],
    env: { VERSION: '${fleet.version}' },
    stop: { grace: '1s' },
  } as const;
${Object.entries(fleet.services)
  .map(([name, replicas]) => `  service('${name}', { ...usual, replicas: ${replicas}, ${ownOf(name)} });`)
  .join('\n')}
});
`;

function ownOf(name: string): string {
  if (name === 'store') return "network: lan, mounts: { '/data': data }, health: probe.command(['ls', '/data'])";
  if (isWorker(name)) return 'networks: [back, lan]';
  // With a read-only root its files are in an unnamed volume.
  return "network: lan, readOnly: true, files: { '/etc/web/note': 'hello' }, health: probe.command(['cat', '/etc/web/note'])";
}
