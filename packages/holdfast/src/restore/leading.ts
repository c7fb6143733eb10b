import { nameIn } from '../model/address.ts';
import type { Seen } from '../ports/provider.ts';
import type { RestoreGround } from './ground.ts';

/** The server of the database that takes writes at this moment, by the name that people know it by. */
export async function leadingOf(ground: Pick<RestoreGround, 'live' | 'instances' | 'cluster' | 'signal'>) {
  const leads = await Promise.all(ground.live.map(server => takesWrites(server, ground)));
  const found = ground.live.find((_, at) => leads[at]);
  return found?.birth && nameIn(found.birth.bornAs);
}

/** One that can't be asked does not. */
async function takesWrites(
  server: Seen,
  { instances, cluster: { spec }, signal }: Pick<RestoreGround, 'instances' | 'cluster' | 'signal'>,
): Promise<boolean> {
  const socket = ['--host', spec.socket, '--username', spec.superuser];
  const query = ['--no-psqlrc', '--tuples-only', '--no-align', '--command', 'select pg_is_in_recovery()', 'postgres'];
  const answer = await instances.run(server, ['psql', ...socket, ...query], signal).catch(() => undefined);
  return answer?.stdout.trim() === 'f';
}
