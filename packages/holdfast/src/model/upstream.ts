import * as z from 'zod/mini';
import { Call, declare } from './declaration/call.ts';
import { Handle } from './declaration/handle.ts';
import { type CommonOptions, common } from './declaration/options.ts';
import { members, rule } from './declaration/rule.ts';
import { percentage } from './rules.ts';
import type { UpstreamSpec } from './spec/small-specs.ts';

export type UpstreamHandle = Handle<'upstream'>;

export interface UpstreamOptions extends CommonOptions {
  /** What they promise, as an exact decimal percentage: `'99.9%'`. */
  readonly sla?: string;
  /** Where they are reached: an http or https URL. */
  readonly endpoint?: string;
}

const endpoint = rule<string>(
  { is: 'an http or https URL', fix: "write it as in 'https://api.payments.example'" },
  value => typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value),
);

const schema = members({ ...common, sla: z.optional(percentage), endpoint: z.optional(endpoint) });

/** A company that the system depends on: what it promises caps what the system may promise. */
export function upstream(name: string, options: UpstreamOptions = {}): UpstreamHandle {
  declare(new Call('upstream', name, upstream), schema, options, () => ({ spec: specOf(options), needs: [] }));
  return new Handle('upstream', name);
}

const specOf = ({ sla, endpoint }: UpstreamOptions): UpstreamSpec => ({
  ...(sla && { sla }),
  ...(endpoint && { endpoint }),
});
