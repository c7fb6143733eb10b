import type { Subject } from '../assertion/said.ts';
import { isBlock } from '../assertion/words/address.ts';
import { rule } from '../declaration/rule.ts';
import type { Naming } from './naming.ts';
import { word } from './rules.ts';

export interface NetworkSubjects {
  /** An interface of the network, by its name. */
  interface(name: string): Subject<'interface'>;
  /** The route to a destination in CIDR form, or the default one. */
  route(to: string): Subject<'route'>;
  /** A chain of the firewall. The table is `'filter'` where none is given. */
  firewall(chain: string, table?: string): Subject<'firewall'>;
}

const destination = rule<string>(
  { is: "a destination in CIDR form, or 'default'", fix: "write it as in '10.0.0.0/8' or 'default'" },
  value => value === 'default' || isBlock(value),
);

const device = word('the name of an interface', 'eth0');
const chainName = word('the name of a chain', 'INPUT');
const tableName = word('the name of a table', 'filter');

export const networkSubjects = (naming: Naming): NetworkSubjects => ({
  interface: function itsInterface(name) {
    const given = { shape: { name: device }, given: { name }, callee: itsInterface, as: 'it.interface' };
    return naming.name('interface', given, () => ({ name }));
  },
  route: function route(to) {
    return naming.name('route', { shape: { to: destination }, given: { to }, callee: route }, () => ({ to }));
  },
  firewall: function firewall(chain, table = 'filter') {
    const shape = { chain: chainName, table: tableName };
    return naming.name('firewall', { shape, given: { chain, table }, callee: firewall }, () => ({ table, chain }));
  },
});
