import type { MountFacts } from './files.ts';
import type { OneProcess } from './machine.ts';

/** Every socket of the target that waits for others, but those that the engine itself puts there. */
export interface ListeningFacts {
  readonly sockets: readonly OneSocket[];
}

export interface OneSocket {
  readonly protocol: 'tcp' | 'udp';
  /** As in `0.0.0.0`, `::`, `127.0.0.1`. */
  readonly address: string;
  readonly port: number;
  /** The name of the program that holds it, where that is known. */
  readonly program?: string;
}

/** Every process of the target. */
export interface ProcessesFacts {
  readonly processes: readonly OneProcess[];
}

/** Every file system that is mounted, but those that an engine gives to each container. */
export interface MountsFacts {
  readonly mounts: readonly OneMount[];
}

export interface OneMount extends MountFacts {
  /** The absolute path that it is at. */
  readonly at: string;
}
