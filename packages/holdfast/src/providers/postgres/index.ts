import type { Provider } from '../../ports/provider.ts';
import type { Reveal } from '../../ports/secrets.ts';
import { postgresDatabases } from './databases.ts';
import { postgresExtensions } from './extensions.ts';
import { postgresRoles } from './roles.ts';
import { type ClusterGround, Clusters } from './server/clusters.ts';

export interface PostgresGround extends ClusterGround {
  /** The engine whose servers these are. */
  readonly engine: string;
  readonly reveal: Reveal;
}

/** What is inside of PostgreSQL's servers: databases, roles, extensions. Reached by psql in the primary's container. */
export function postgresProviders({ engine, reveal, ...ground }: PostgresGround): readonly Provider[] {
  const clusters = new Clusters(ground);
  return [
    postgresDatabases(clusters, engine, ground.scope),
    postgresRoles(clusters, engine, ground.scope, reveal),
    postgresExtensions(clusters, engine, ground.scope),
  ].map(provider => provider as Provider);
}
