import type Docker from 'dockerode';

/** One Docker Engine that answered. */
export interface DockerHost {
  /** What the environment calls it. */
  readonly engine: string;
  readonly docker: Docker;
  readonly reach: Reach;
  readonly enforces: Enforces;
}

/**
 * How this process gets at a port of an instance: `direct`, by the container's own address, or `published`, by a port
 * of 127.0.0.1 that the engine chooses, where container addresses can't be dialled from here.
 */
export type Reach = 'direct' | 'published';

/** Which limits the engine's kernel can hold; one that it can't is dropped by the engine and is no difference. */
export interface Enforces {
  readonly memory: boolean;
  readonly swap: boolean;
  readonly cpu: boolean;
  readonly processes: boolean;
}
