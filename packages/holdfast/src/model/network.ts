import * as z from 'zod/mini';
import { parseCidr } from '../kit/cidr.ts';
import { Call } from './declaration/call.ts';
import { callSite } from './declaration/call-site.ts';
import { addressOfHandle, Handle, subject } from './declaration/handle.ts';
import { type CommonOptions, common } from './declaration/options.ts';
import { members } from './declaration/rule.ts';
import { spell } from './declaration/spell.ts';
import { report } from './declaration/wrong.ts';
import { type Ref, refTo } from './ref.ts';
import { flag, subnet } from './rules.ts';
import type { NetworkSpec } from './spec/small-specs.ts';

export interface NetworkOptions extends CommonOptions {
  /** CIDR inside the environment's pool. Default: a /24 that the pool gives. */
  readonly subnet?: string;
  /** No way out to the world. Default false. */
  readonly internal?: boolean;
  /**
   * Keeps the upper half of its addresses for those who ask for one by {@link NetworkHandle.address}: what has died there
   * leaves an address that nobody else is given. Default false.
   */
  readonly fixed?: boolean;
}

const schema = members({
  ...common,
  subnet: z.optional(subnet),
  internal: z.optional(flag),
  fixed: z.optional(flag),
});

/** How many addresses of a network can be asked for. */
const addresses = 100;
/** The longest prefix whose upper half has them. */
const longestPrefix = 24;

/** Stands for a declared network. */
export class NetworkHandle extends Handle<'network'> {
  readonly #fixed: boolean | undefined;

  /** `fixed` is left out where the network was refused: nothing further is said about it. */
  constructor(name: string, fixed?: boolean) {
    super('network', name);
    this.#fixed = fixed;
  }

  /** The n-th address that is kept for who asks for it, 1 to 100. For a network that is `fixed`. */
  address(n: number): Ref<string> {
    if (this.#fixed === false) this.#refuse(notFixed(this.name));
    else if (!(Number.isInteger(n) && n >= 1 && n <= addresses)) this.#refuse(noSuchAddress(this.name, n));
    return refTo(addressOfHandle(this), 'address', String(n));
  }

  #refuse(problem: { readonly what: string; readonly why: string; readonly fix: string }): void {
    report({ ...problem, where: callSite(this.address) });
  }
}

/** A network of its own, which is a subnet: services reach each other when they share one. */
export function network(name: string, options: NetworkOptions = {}): NetworkHandle {
  const call = new Call('network', name, network);
  if (!call.accepts(schema, options)) return new NetworkHandle(name);
  const { subnet: cidr, fixed = false } = options;
  if (fixed && cidr && (parseCidr(cidr)?.bits ?? 0) > longestPrefix) call.refuse(tooSmall(name, cidr));
  call.declare(specOf(options), [], options);
  return new NetworkHandle(name, fixed);
}

const specOf = ({ subnet: cidr, internal = false, fixed }: NetworkOptions): NetworkSpec => ({
  ...(cidr && { subnet: cidr }),
  internal,
  ...(fixed && { fixed }),
});

const tooSmall = (name: string, cidr: string) => ({
  what: `${subject('network', name)} is fixed, and its subnet ${cidr} is too small for that`,
  why: `the upper half of it holds the ${addresses} addresses that can be asked for`,
  fix: `give it a /${longestPrefix} or larger, or leave \`subnet\` out`,
});

const notFixed = (name: string) => ({
  what: `${subject('network', name)} has no address to give: it is not fixed`,
  why: 'its engine hands out all of its addresses, and could give the same one to somebody else',
  fix: `keep some of them: network('${name}', { fixed: true })`,
});

const noSuchAddress = (name: string, n: unknown) => ({
  what: `${subject('network', name)} has no address ${spell(n)}`,
  why: `${addresses} of its addresses can be asked for, by whole numbers`,
  fix: `ask for one from address(1) to address(${addresses})`,
});
