import type { FactsOf } from '../../model/assertion/facts/facts-of.ts';
import type { CommandFacts } from '../../model/assertion/facts/software.ts';
import { factsOfCommand } from '../../model/assertion/software/custom.ts';
import type { SubjectOf, SubjectSpec, SubjectType } from '../../model/spec/subject-spec.ts';
import type { Glance } from './facts/glance.ts';
import { firewallCommand, firewallIn } from './facts/network/firewall.ts';
import {
  extensionCommand,
  extensionIn,
  queryCommand,
  queryIn,
  roleCommand,
  roleIn,
  serverCommand,
  serverIn,
  settingCommand,
  settingIn,
} from './facts/postgres.ts';
import { unitCommand, unitIn } from './facts/units.ts';

/** How a command tells of subjects of one type. Pure. */
export interface Asking<T extends SubjectType> {
  readonly command: (of: SubjectOf<T>) => readonly string[];
  /** Whether root runs it: where the user that the target runs as may not know. */
  readonly asRoot?: boolean;
  readonly tells: (said: CommandFacts, of: SubjectOf<T>) => Glance<FactsOf[T]>;
}

/** The types that a command inside of a running target tells of. */
const askings: { readonly [T in SubjectType]?: Asking<T> } = {
  command: { command: ({ command }) => command, tells: facts => ({ facts }) },
  custom: { command: ({ command }) => command, tells: (said, { parse }) => factsOfCommand(parse, said) },
  unit: { command: unitCommand, asRoot: true, tells: unitIn },
  firewall: { command: firewallCommand, asRoot: true, tells: firewallIn },
  package: {
    command: ({ name }) => ['rpm', '-q', '--qf', '%{VERSION}-%{RELEASE}', name],
    tells: ({ exitCode, stdout }) =>
      exitCode === 0 ? { facts: { version: stdout, manager: 'rpm' } } : { missing: 'it is not installed' },
  },
  postgres: { command: serverCommand, tells: serverIn },
  'postgres-query': { command: queryCommand, tells: queryIn },
  'postgres-role': { command: roleCommand, tells: roleIn },
  'postgres-extension': { command: extensionCommand, tells: extensionIn },
  'postgres-setting': { command: settingCommand, tells: settingIn },
};

/** That of the subject's own type; undefined where no command tells of it. */
export const askingOf = ({ type }: SubjectSpec): Asking<SubjectType> | undefined =>
  askings[type] as Asking<SubjectType> | undefined;
