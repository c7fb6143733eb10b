/** What planning must know of the environment. */
export interface EnvironmentFacts {
  readonly name: string;
  readonly domain: string;
  /** CIDR that networks get their /24 from. */
  readonly subnets: string;
  /** The first host port for edges. */
  readonly ports: number;
  /** The host's address that edges listen on. */
  readonly hostAddress: string;
  /** Nothing that holds data may be destroyed here. */
  readonly protected: boolean;
  /** How long data stays after somebody named it to be destroyed, in milliseconds. */
  readonly grace: number;
  /** Where the journal is, for what reaches it from inside. */
  readonly journal?: JournalFacts;
}

export type JournalFacts =
  | {
      readonly kept: 'in-file';
      /** Absolute, on this machine. */
      readonly path: string;
      /** `uid:gid` of who has its folder, in numbers. */
      readonly owner: string;
      /** The engines that are on another machine, where there is no such file. */
      readonly beyond: readonly string[];
    }
  | {
      readonly kept: 'on-server';
      /** For people: without the password. */
      readonly shown: string;
      /** In words, why what runs in a container finds nobody there. */
      readonly apart?: string;
    };
