import { containersOf, runIn } from '../containers.ts';
import type { Door } from '../ledger/task.ts';
import { addressOf, type Cluster } from './cluster.ts';

/** A database with two standbys, and a client that is given what clients need. `postgres` takes the words in. */
export const declaring = (more = ''): string => `import { image, network, postgres, service, system } from 'holdfast';

export default system('NAME', () => {
  const lan = network('lan');
  const db = postgres('db', { network: lan, standbys: 2${more} });
  service('client', {
    image: image('tiny', { archive: './tiny.tar' }),
    network: lan,
    command: ['sleep', '1000000'],
    stop: { grace: '1s' },
    files: { '/door/user': db.user, '/door/password': db.password, '/door/authority': db.authority },
  });
});
`;

/** The cluster of {@link declaring}, when it is up. */
export async function declaredCluster(system: string): Promise<Cluster> {
  return {
    system,
    members: ['db-1', 'db-2', 'db-3'],
    etcd: ['db-etcd-1', 'db-etcd-2', 'db-etcd-3'],
    api: 'https',
    synchronous: true,
    leave: () => ['sh', '/etc/holdfast/postgres/leave'],
    door: await doorOf(system),
  };
}

/** As its client has it. */
export async function doorOf(system: string): Promise<Door> {
  const [proxy] = await containersOf(system, { service: 'db' });
  const [user, password, authority] = await Promise.all(
    ['user', 'password', 'authority'].map(name => runIn(system, 'client', 'cat', `/door/${name}`)),
  );
  const told = { user, password, authority } as Pick<Door, 'user' | 'password' | 'authority'>;
  return { ...told, host: await addressOf(proxy?.id ?? ''), port: 5432, servername: 'db', database: 'db' };
}
