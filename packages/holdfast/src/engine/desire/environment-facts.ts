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
}
