import type { SubjectType } from '../spec/check-spec.ts';
import { certificateMatchers } from './answers/certificate.ts';
import { tcpMatchers, udpMatchers } from './answers/connections.ts';
import { dnsMatchers } from './answers/dns.ts';
import { httpMatchers } from './answers/http.ts';
import { latencyMatchers } from './answers/latency.ts';
import { directoryMatchers } from './files/directory.ts';
import { diskMatchers } from './files/disk.ts';
import { fileMatchers } from './files/file.ts';
import { mountMatchers } from './files/mount.ts';
import { containerMatchers } from './machine/container.ts';
import { cronMatchers } from './machine/cron.ts';
import { logMatchers } from './machine/log.ts';
import { processMatchers } from './machine/process.ts';
import { environmentMatchers, kernelParameterMatchers, memoryMatchers } from './machine/system.ts';
import { unitMatchers } from './machine/unit.ts';
import { firewallMatchers } from './network/firewall.ts';
import { interfaceMatchers } from './network/interface.ts';
import { portMatchers } from './network/port.ts';
import { routeMatchers } from './network/route.ts';
import { groupMatchers } from './people/group.ts';
import { userMatchers } from './people/user.ts';
import { queryMatchers } from './postgres/query.ts';
import { roleMatchers } from './postgres/role.ts';
import { postgresMatchers } from './postgres/server.ts';
import { extensionMatchers, settingMatchers } from './postgres/settings.ts';
import { commandMatchers } from './software/command.ts';
import { customMatchers } from './software/custom.ts';
import { imageMatchers } from './software/image.ts';
import { packageMatchers } from './software/package.ts';
import { listeningMatchers } from './whole/listening.ts';
import { mountsMatchers } from './whole/mounts.ts';
import { processesMatchers } from './whole/processes.ts';

/** What can be said of subjects of each type. */
export const matchers = {
  file: fileMatchers,
  directory: directoryMatchers,
  mount: mountMatchers,
  disk: diskMatchers,
  user: userMatchers,
  group: groupMatchers,
  command: commandMatchers,
  package: packageMatchers,
  image: imageMatchers,
  custom: customMatchers,
  process: processMatchers,
  environment: environmentMatchers,
  'kernel-parameter': kernelParameterMatchers,
  memory: memoryMatchers,
  unit: unitMatchers,
  cron: cronMatchers,
  log: logMatchers,
  container: containerMatchers,
  port: portMatchers,
  interface: interfaceMatchers,
  route: routeMatchers,
  firewall: firewallMatchers,
  http: httpMatchers,
  url: httpMatchers,
  tcp: tcpMatchers,
  udp: udpMatchers,
  dns: dnsMatchers,
  certificate: certificateMatchers,
  latency: latencyMatchers,
  postgres: postgresMatchers,
  'postgres-query': queryMatchers,
  'postgres-role': roleMatchers,
  'postgres-extension': extensionMatchers,
  'postgres-setting': settingMatchers,
  listening: listeningMatchers,
  processes: processesMatchers,
  mounts: mountsMatchers,
} as const satisfies Record<SubjectType, object>;

export type Matchers = typeof matchers;
