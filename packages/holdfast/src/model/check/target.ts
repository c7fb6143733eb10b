import { nameIn } from '../address.ts';
import { callSite } from '../declaration/call-site.ts';
import { Handle } from '../declaration/handle.ts';
import { wrongName } from '../declaration/label.ts';
import { report } from '../declaration/wrong.ts';
import { outsideAddress } from '../spec/check-spec.ts';

export type HostHandle = Handle<'host'>;
export type OutsideHandle = Handle<'outside'>;

/**
 * The machine that an engine of the environment runs on: a target for checks.
 *
 * ```ts
 * check(host(), it => { it.disk('/var/lib/docker').hasFree('10%') })
 * ```
 */
export function host(engine = 'default'): HostHandle {
  const problem = wrongName('host', engine);
  if (problem) report({ where: callSite(host), ...problem });
  return new Handle('host', engine);
}

/**
 * The system as its users see it: a target for checks, asked from where Holdfast runs.
 *
 * ```ts
 * check(outside, it => { it.http(door.url('/')).answers(200) })
 * ```
 */
export const outside: OutsideHandle = new Handle('outside', nameIn(outsideAddress));
