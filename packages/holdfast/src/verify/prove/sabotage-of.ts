import type { Json } from '../../kit/json.ts';
import { type Address, kindOf } from '../../model/address.ts';
import type { AssertionSpec, SubjectSpec, SubjectType } from '../../model/spec/check-spec.ts';
import { type Sabotage, unproven } from './sabotage.ts';
import type { SaboteursOf } from './saboteur.ts';
import * as answers from './saboteurs/answers.ts';
import { commandSaboteurs, customSaboteurs } from './saboteurs/commands.ts';
import { containerSaboteurs } from './saboteurs/container.ts';
import { directorySaboteurs, fileSaboteurs } from './saboteurs/files.ts';
import * as machine from './saboteurs/machine.ts';
import { diskSaboteurs, mountSaboteurs, mountsSaboteurs } from './saboteurs/mounts.ts';
import * as network from './saboteurs/network.ts';
import { imageSaboteurs, packageSaboteurs } from './saboteurs/packages.ts';
import { groupSaboteurs, userSaboteurs } from './saboteurs/people.ts';
import * as postgres from './saboteurs/postgres.ts';
import { cronSaboteurs, logSaboteurs, processesSaboteurs, processSaboteurs } from './saboteurs/processes.ts';

/** Every matcher of every type has one: a new one that has none is refused by the compiler. */
export const saboteurs: { readonly [T in SubjectType]: SaboteursOf<T> } = {
  file: fileSaboteurs,
  directory: directorySaboteurs,
  mount: mountSaboteurs,
  disk: diskSaboteurs,
  user: userSaboteurs,
  group: groupSaboteurs,
  command: commandSaboteurs,
  package: packageSaboteurs,
  image: imageSaboteurs,
  custom: customSaboteurs,
  process: processSaboteurs,
  environment: machine.environmentSaboteurs,
  'kernel-parameter': machine.kernelParameterSaboteurs,
  memory: machine.memorySaboteurs,
  unit: machine.unitSaboteurs,
  cron: cronSaboteurs,
  log: logSaboteurs,
  container: containerSaboteurs,
  port: network.portSaboteurs,
  interface: network.interfaceSaboteurs,
  route: network.routeSaboteurs,
  firewall: network.firewallSaboteurs,
  http: answers.httpSaboteurs,
  url: answers.urlSaboteurs,
  tcp: answers.tcpSaboteurs,
  udp: answers.udpSaboteurs,
  dns: answers.dnsSaboteurs,
  certificate: answers.certificateSaboteurs,
  latency: answers.latencySaboteurs,
  postgres: postgres.postgresSaboteurs,
  'postgres-query': postgres.querySaboteurs,
  'postgres-role': postgres.roleSaboteurs,
  'postgres-extension': postgres.extensionSaboteurs,
  'postgres-setting': postgres.settingSaboteurs,
  listening: network.listeningSaboteurs,
  processes: processesSaboteurs,
  mounts: mountsSaboteurs,
};

/** What would make an assertion of a target red. Pure. */
export function sabotageOf(target: Address, { of, matcher, given = [], negated }: AssertionSpec): Sabotage {
  const kind = kindOf(target);
  if (kind === 'host') return unproven('a machine has no copy that could be thrown away');
  if (kind === 'outside') return unproven('what is seen from outside has no copy that could be thrown away');
  const saboteur = saboteurOf(of.type, matcher);
  return negated ? saboteur.denied(of, ...given) : saboteur.claimed(of, ...given);
}

interface AnySaboteur {
  claimed(of: SubjectSpec, ...given: readonly Json[]): Sabotage;
  denied(of: SubjectSpec, ...given: readonly Json[]): Sabotage;
}

/** What was noted fits the matcher: it was checked when it was said. */
const saboteurOf = (type: SubjectType, matcher: string): AnySaboteur =>
  (saboteurs[type] as unknown as Readonly<Record<string, AnySaboteur>>)[matcher] ?? unknown(type, matcher);

function unknown(type: SubjectType, matcher: string): never {
  throw new Error(`nobody knows what "${matcher}" says of a ${type}`);
}
