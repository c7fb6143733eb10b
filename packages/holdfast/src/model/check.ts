import * as z from 'zod/mini';
import { type Address, address } from './address.ts';
import { emptyNotes, type Notes, refuseUnsaid } from './assertion/notes.ts';
import type { HostHandle, OutsideHandle } from './check/target.ts';
import { Call } from './declaration/call.ts';
import { callSite } from './declaration/call-site.ts';
import { addressOfHandle, Handle, isHandle } from './declaration/handle.ts';
import { label } from './declaration/label.ts';
import { onlyKnown } from './declaration/only-known.ts';
import { members, rule } from './declaration/rule.ts';
import { slot } from './declaration/slot.ts';
import type { ImageHandle } from './image.ts';
import { needsOf } from './ref.ts';
import { isKnown } from './resource.ts';
import type { ServiceHandle } from './service-handle.ts';
import type { CheckSpec, SubjectSpec } from './spec/check-spec.ts';
import { namingIn } from './subjects/naming.ts';
import type { PortsByName } from './subjects/ports.ts';
import { type SubjectsOf, subjectsFor } from './subjects/targets.ts';

export type CheckHandle = Handle<'check'>;

/** What a check can be of. */
export type CheckTarget = ImageHandle | ServiceHandle<string> | HostHandle | OutsideHandle;

export interface CheckOptions {
  /** Default: that of the target, with a number where it has several checks. */
  readonly name?: string;
}

/**
 * Says what must be so of an image, a service, a host, or the system as seen from outside. An image is looked at before
 * it is sealed, all else while it runs. Each subject that is named must have something said of it. `.not` denies what
 * is said next; `.eventually('10s')` gives it time.
 *
 * ```ts
 * check(web, it => {
 *   it.process('node').runsAs('app')
 *   it.file('/app/server.js').isOwnedBy('root').not.isExecutable()
 *   it.http('http', '/healthz').eventually('10s').answers(200).hasJson('.status', 'ok')
 * })
 * ```
 */
export function check<T extends CheckTarget>(
  target: T,
  say: (it: SubjectsOf<T>) => void,
  options: CheckOptions = {},
): CheckHandle {
  const at = callSite(check);
  const name = options?.name ?? freeName(target);
  const call = new Call('check', name, check, at);
  if (!call.accepts(schema, { target, say, ...options })) return new Handle('check', name);
  const notes = emptyNotes();
  const subjects = subjectsFor[target.kind](namingIn(notes), portsOf(target));
  const returned = (say as (it: object) => unknown)(onlyKnown(subjects, `a check of ${nouns[target.kind]}`));
  if (returned instanceof Promise) call.refuse(notAtOnce(name));
  refuseUnsaid(notes);
  if (notes.named.size === 0 && !notes.refused) call.refuse(sayingNothing(name));
  declare(call, target, notes);
  return new Handle('check', name);
}

const nouns = { image: 'an image', service: 'a service', host: 'a host', outside: 'the outside' };

/** A host is what an engine of the environment runs on; it and the world are not declared. */
function declare(call: Call, target: CheckTarget, { assertions }: Notes): void {
  const spec: CheckSpec = { target: addressOfHandle(target), assertions };
  const isDeclared = target.kind === 'image' || target.kind === 'service';
  const needs = [...(isDeclared ? [spec.target] : []), ...assertions.flatMap(({ of }) => needsOfSubject(of))];
  call.declare(spec, needs, target.kind === 'host' ? { engine: target.name } : {});
}

function needsOfSubject(of: SubjectSpec): readonly Address[] {
  if ('url' in of) return needsOf(of.url);
  return 'host' in of ? needsOf(of.host) : [];
}

const someTarget = rule<CheckTarget>(
  {
    is: 'an image, a service, a host or outside',
    why: 'a check is of what can be looked at or asked; references are handles, never names',
    fix: "pass what image(…) or service(…) returned, host() or outside: check(web, it => { it.user('app').exists() })",
  },
  value => isHandle(value) && Object.hasOwn(subjectsFor, value.kind),
);

const callback = rule<(it: object) => void>(
  { is: 'a callback that says what must be so', fix: "write it as in check(web, it => { it.user('app').exists() })" },
  value => typeof value === 'function',
);

const schema = members({ target: someTarget, say: callback, name: z.optional(label) });

/** The first name after the target's that no other check has. */
function freeName(target: unknown): string {
  const base = baseName(target).slice(0, 59).replace(/-+$/, '');
  const taken = slot().open?.places;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken?.has(address('check', name))) return name;
  }
}

function baseName(target: unknown): string {
  if (!isHandle(target)) return 'check';
  if (target.kind === 'outside') return 'outside';
  return target.kind === 'host' ? `host-${target.name}` : target.name;
}

/** Those of a service, by the names that it has for them; undefined where it was refused, which was told already. */
function portsOf({ kind, name }: CheckTarget): PortsByName | undefined {
  if (kind !== 'service') return {};
  const service = slot()
    .open?.resources.filter(isKnown('service'))
    .find(one => one.name === name);
  return service?.spec.ports;
}

const sayingNothing = (name: string) => ({
  what: `check "${name}" says nothing`,
  why: 'a check that asserts nothing can never fail, and would pass for a proof',
  fix: "say what must be so, as in check(web, it => { it.file('/app').exists() })",
});

const notAtOnce = (name: string) => ({
  what: `the callback of check "${name}" is async`,
  why: 'what it says after its first `await` would come too late to be noted',
  fix: 'remove `async` and `await`: a check is only written down here, and run later',
});
