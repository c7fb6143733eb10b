import type { FactsOf } from '../../model/assertion/facts/facts-of.ts';
import type { SubjectOf, SubjectSpec, SubjectType } from '../../model/spec/subject-spec.ts';
import type { Ended, Printed } from '../../ports/command-runner.ts';
import { parsed } from './facts/custom.ts';
import { firewallCommand, firewallIn } from './facts/firewall.ts';
import type { Glance } from './facts/glance.ts';
import { unitCommand, unitIn } from './facts/units.ts';

/** How a command tells of subjects of one type. Pure. */
export interface Asking<T extends SubjectType> {
  readonly command: (of: SubjectOf<T>) => readonly string[];
  /** Whether root runs it, where the user that the target runs as could not. */
  readonly asRoot?: boolean;
  readonly tells: (said: Said, of: SubjectOf<T>) => Glance<FactsOf[T]>;
}

/** What a command left, as texts. */
export interface Said {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Bytes that are no UTF-8 are told by the mark that stands for such. */
export const textOf = ({ first, last }: Printed): string => Buffer.concat([first, last]).toString('utf8');

/** The types that a command inside of a running target tells of. */
const askings: { readonly [T in SubjectType]?: Asking<T> } = {
  command: { command: ({ command }) => command, tells: facts => ({ facts }) },
  custom: { command: ({ command }) => command, tells: (said, { parse }) => parsed(said, parse) },
  unit: { command: unitCommand, asRoot: true, tells: unitIn },
  firewall: { command: firewallCommand, asRoot: true, tells: firewallIn },
  package: {
    command: ({ name }) => ['rpm', '-q', '--qf', '%{VERSION}-%{RELEASE}', name],
    tells: ({ exitCode, stdout }) =>
      exitCode === 0 ? { facts: { version: stdout, manager: 'rpm' } } : { missing: 'it is not installed' },
  },
};
