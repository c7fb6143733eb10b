import type Docker from 'dockerode';
import type { Turnstile } from './turnstile.ts';

/** One Docker Engine that answered. */
export interface DockerHost {
  /** What the environment calls it. */
  readonly engine: string;
  readonly docker: Docker;
  readonly reach: Reach;
  /** The path of its own socket, on the machine that it is on. */
  readonly socket: string;
  readonly enforces: Enforces;
  /** As image configurations call it: `amd64`. */
  readonly architecture: string;
  /** Whether an image archive may leave out layers that the engine has: not so where containerd keeps the images. */
  readonly sharesLayers: boolean;
  /**
   * How containers join networks and leave them: those that leave, one by one. When several do at the same moment, the
   * engine (seen with 20.10) may lose count, take a network for used for ever, and refuse to remove it until it is
   * restarted itself.
   */
  readonly attachments: Turnstile;
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
