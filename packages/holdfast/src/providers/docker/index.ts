export { type ConnectOptions, connectDocker } from './host/connect.ts';
export type { DockerHost, Reach } from './host/host.ts';
export type { Progress } from './image/making.ts';
export { dockerImages } from './image/provider.ts';
export { insideDocker } from './inside/instances.ts';
export { dockerInstances, type InstanceOptions } from './instance/provider.ts';
export { dockerNetworks } from './network.ts';
export { dockerProber } from './prober.ts';
export { dockerVolumes } from './volume.ts';
