import { labels, type Scope } from '../../../model/identity.ts';
import type { Seen } from '../../../ports/provider.ts';
import { attempt } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { summary } from '../instance/listing.ts';

/** The containers of a cluster's etcd that run: those that were born as `<cluster>-etcd-<n>`. */
export const etcdOf = (host: DockerHost, { system, environment }: Scope, cluster: string): Promise<readonly Seen[]> =>
  attempt(`the members of etcd of ${cluster} can not be listed`, async () => {
    const label = [`${labels.system}=${system}`, `${labels.environment}=${environment}`];
    const running = await host.docker.listContainers({ filters: { label, status: ['running'] } });
    const isOne = new RegExp(`^instance/${cluster}-etcd-\\d+\\.\\d+$`);
    return running.filter(({ Labels }) => isOne.test(Labels[labels.bornAs] ?? '')).map(one => summary(host, one));
  });
