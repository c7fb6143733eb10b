/** All processes of one name: at least one. */
export interface ProcessFacts {
  readonly processes: readonly OneProcess[];
}

export interface OneProcess {
  readonly pid: number;
  readonly uid: number;
  /** The name, where there is one. */
  readonly user?: string;
  /** The command line. */
  readonly command: readonly string[];
  /** Of its memory, what is resident, in bytes. */
  readonly resident: number;
}

/** A variable that is set. */
export interface EnvironmentFacts {
  readonly value: string;
}

export interface KernelParameterFacts {
  /** As /proc/sys has it, without the line's end. */
  readonly value: string;
}

/** In bytes; of the container where it has a limit, else of the machine. */
export interface MemoryFacts {
  readonly total: number;
  readonly available: number;
}

export interface UnitFacts {
  readonly init: 'systemd' | 'openrc' | 'runit' | 'sysv';
  /** As the init system calls it: `active (running)`, `failed`. */
  readonly state: string;
  readonly running: boolean;
  /** Whether it starts with the machine. */
  readonly enabled: boolean;
}

/** What cron runs as one user. */
export interface CronFacts {
  readonly entries: readonly CronEntry[];
}

export interface CronEntry {
  /** The five fields, with one space between them, or a word such as `@daily`. */
  readonly schedule: string;
  readonly command: string;
}

export interface LogFacts {
  /** The oldest first; no more than the last 10,000. */
  readonly lines: readonly string[];
}

export interface ContainerFacts {
  /** As in `app`, `10001:10001`; empty for root. */
  readonly user: string;
  /** Without `CAP_`, sorted. */
  readonly capabilities: readonly string[];
  readonly readOnlyRoot: boolean;
  readonly privileged: boolean;
  /** Whether its processes may not gain more than they were started with. */
  readonly noNewPrivileges: boolean;
  /** Bytes; absent without a limit, as those that follow. */
  readonly memory?: number;
  /** Thousandths of a processor. */
  readonly cpu?: number;
  /** Processes and threads. */
  readonly processes?: number;
  /** Of the image that it was started from: `sha256:…`. */
  readonly image: string;
  /** How often the engine started it again. */
  readonly restarts: number;
}
