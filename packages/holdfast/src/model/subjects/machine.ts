import type { Subject } from '../assertion/said.ts';
import { rule } from '../declaration/rule.ts';
import type { Naming } from './naming.ts';
import { userName, word } from './rules.ts';

export interface MachineSubjects {
  /** The processes of a program, by its name without the folder. */
  process(name: string): Subject<'process'>;
  /** A variable of the environment of the main process. */
  environment(name: string): Subject<'environment'>;
  /** As sysctl names it: `'net.ipv4.ip_forward'`. */
  kernelParameter(name: string): Subject<'kernel-parameter'>;
  memory(): Subject<'memory'>;
  /** A service under an init system: `'ssh'`. */
  unit(name: string): Subject<'unit'>;
  /** What cron runs as a user. */
  cron(user: string): Subject<'cron'>;
  /** What the target wrote: of a service, to stdout and stderr; of a host, into its journal. */
  log(): Subject<'log'>;
}

const program = word('the name of a program', 'node');
const unitName = word('the name of a service', 'ssh');

const variable = rule<string>(
  { is: 'the name of a variable', fix: "write it as in 'NODE_ENV'" },
  value => typeof value === 'string' && /^[A-Za-z_]\w*$/.test(value),
);

const parameter = rule<string>(
  { is: 'the name of a parameter of the kernel', fix: "write it as in 'net.ipv4.ip_forward'" },
  value => typeof value === 'string' && /^[\w-]+(\.[\w-]+)+$/.test(value),
);

export const machineSubjects = (naming: Naming): MachineSubjects => ({
  process: function process(name) {
    return naming.name('process', { shape: { name: program }, given: { name }, callee: process }, () => ({ name }));
  },
  environment: function environment(name) {
    const given = { shape: { name: variable }, given: { name }, callee: environment };
    return naming.name('environment', given, () => ({ name }));
  },
  kernelParameter: function kernelParameter(name) {
    const given = { shape: { name: parameter }, given: { name }, callee: kernelParameter };
    return naming.name('kernel-parameter', given, () => ({ name }));
  },
  memory: function memory() {
    return naming.name('memory', { shape: {}, given: {}, callee: memory }, () => ({}));
  },
  unit: function unit(name) {
    return naming.name('unit', { shape: { name: unitName }, given: { name }, callee: unit }, () => ({ name }));
  },
  cron: function cron(user) {
    return naming.name('cron', { shape: { user: userName }, given: { user }, callee: cron }, () => ({ user }));
  },
  log: function log() {
    return naming.name('log', { shape: {}, given: {}, callee: log }, () => ({}));
  },
});
