import type { DirectoryFacts, DiskFacts, FileFacts, MountFacts } from './files.ts';
import type {
  ContainerFacts,
  CronFacts,
  EnvironmentFacts,
  KernelParameterFacts,
  LogFacts,
  MemoryFacts,
  ProcessFacts,
  UnitFacts,
} from './machine.ts';
import type {
  CertificateFacts,
  DnsFacts,
  FirewallFacts,
  HttpFacts,
  InterfaceFacts,
  LatencyFacts,
  PortFacts,
  RouteFacts,
  TcpFacts,
  UdpFacts,
} from './network.ts';
import type { GroupFacts, UserFacts } from './people.ts';
import type { ExtensionFacts, PostgresFacts, QueryFacts, RoleFacts, SettingFacts } from './postgres.ts';
import type { CommandFacts, CustomFacts, ImageFacts, PackageFacts } from './software.ts';
import type { ListeningFacts, MountsFacts, ProcessesFacts } from './whole.ts';

/**
 * What is known of subjects of each type. A reader gives all of it but what is optional; what is costly only where it
 * is asked for (`factsWanted` of the judge). What is said of a fact that is absent then fails as not looked at.
 */
export interface FactsOf {
  readonly file: FileFacts;
  readonly directory: DirectoryFacts;
  readonly mount: MountFacts;
  readonly disk: DiskFacts;
  readonly user: UserFacts;
  readonly group: GroupFacts;
  readonly command: CommandFacts;
  readonly package: PackageFacts;
  readonly image: ImageFacts;
  readonly custom: CustomFacts;
  readonly process: ProcessFacts;
  readonly environment: EnvironmentFacts;
  readonly 'kernel-parameter': KernelParameterFacts;
  readonly memory: MemoryFacts;
  readonly unit: UnitFacts;
  readonly cron: CronFacts;
  readonly log: LogFacts;
  readonly container: ContainerFacts;
  readonly port: PortFacts;
  readonly interface: InterfaceFacts;
  readonly route: RouteFacts;
  readonly firewall: FirewallFacts;
  readonly http: HttpFacts;
  readonly url: HttpFacts;
  readonly tcp: TcpFacts;
  readonly udp: UdpFacts;
  readonly dns: DnsFacts;
  readonly certificate: CertificateFacts;
  readonly latency: LatencyFacts;
  readonly postgres: PostgresFacts;
  readonly 'postgres-query': QueryFacts;
  readonly 'postgres-role': RoleFacts;
  readonly 'postgres-extension': ExtensionFacts;
  readonly 'postgres-setting': SettingFacts;
  readonly listening: ListeningFacts;
  readonly processes: ProcessesFacts;
  readonly mounts: MountsFacts;
}
