import * as z from 'zod/mini';
import { Call, declare } from './declaration/call.ts';
import { Handle } from './declaration/handle.ts';
import { type CommonOptions, common } from './declaration/options.ts';
import { members } from './declaration/rule.ts';
import { flag, subnet } from './rules.ts';
import type { NetworkSpec } from './spec/small-specs.ts';

export type NetworkHandle = Handle<'network'>;

export interface NetworkOptions extends CommonOptions {
  /** CIDR inside the environment's pool. Default: a /24 that the pool gives. */
  readonly subnet?: string;
  /** No way out to the world. Default false. */
  readonly internal?: boolean;
}

const schema = members({ ...common, subnet: z.optional(subnet), internal: z.optional(flag) });

/** A network of its own, which is a subnet: services reach each other when they share one. */
export function network(name: string, options: NetworkOptions = {}): NetworkHandle {
  declare(new Call('network', name, network), schema, options, () => ({ spec: specOf(options), needs: [] }));
  return new Handle('network', name);
}

const specOf = ({ subnet: cidr, internal = false }: NetworkOptions): NetworkSpec => ({
  ...(cidr && { subnet: cidr }),
  internal,
});
