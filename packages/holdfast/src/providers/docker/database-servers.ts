import { labels, type Scope } from '../../model/identity.ts';
import type { DatabaseServer, DatabaseServers } from '../../ports/database-servers.ts';
import { attempt } from './host/calls.ts';
import type { DockerHost } from './host/host.ts';
import { ours } from './instance/listing.ts';
import { look } from './instance/provider.ts';
import { clusterLabel } from './labels.ts';

/** The servers of databases among the containers of one engine. */
export const dockerDatabaseServers = (host: DockerHost): DatabaseServers => ({
  members: scope =>
    attempt('the database servers of the engine can not be listed', async () => {
      const found = await host.docker.listContainers({ all: true, filters: { label: labelsOf(scope) } });
      const servers = await Promise.all(
        [...ours(found, scope)]
          .toSorted((a, b) => b.Created - a.Created)
          .map(async ({ Id, Labels }): Promise<readonly DatabaseServer[]> => {
            const instance = await look(host, scope, Id);
            return instance ? [{ cluster: Labels[clusterLabel] ?? '', instance }] : [];
          }),
      );
      return servers.flat();
    }),
});

const labelsOf = ({ system, environment }: Scope): string[] => [
  clusterLabel,
  `${labels.system}=${system}`,
  `${labels.environment}=${environment}`,
];
