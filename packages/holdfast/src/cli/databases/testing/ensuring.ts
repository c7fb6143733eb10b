import { connectDocker, dockerDatabaseServers, insideDocker } from '../../../providers/docker/index.ts';
import { postgresProviders } from '../../../providers/postgres/index.ts';
import type { Errand } from './errand.ts';
import { revealing } from './reveal.ts';

/** Makes what it is told to, one after the other, in a process that can be killed. Says so before each. */
const { scope, desired, secrets }: Errand = JSON.parse(process.argv[2] ?? '');
const host = await connectDocker();
const providers = postgresProviders({
  engine: 'local',
  scope,
  servers: dockerDatabaseServers(host),
  instances: insideDocker(host, scope),
  reveal: revealing(new Map(secrets)),
});
for (const one of desired) {
  console.log(one.kind);
  await providers.find(({ kind }) => kind === one.kind)?.ensure(one, undefined, new AbortController().signal);
}
