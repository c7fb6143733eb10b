import type * as z from 'zod/mini';
import type { ProblemParts } from '../../kit/problem.ts';
import { type Address, address } from '../address.ts';
import type { Resource } from '../resource.ts';
import { type Callee, callSite } from './call-site.ts';
import { addressOfHandle, type Handle, subject } from './handle.ts';
import { wrongName } from './label.ts';
import type { CommonOptions } from './options.ts';
import { problemsOf } from './rule.ts';
import { type Declaration, slot } from './slot.ts';
import { wrong } from './wrong.ts';

/** One declaration that the user's code makes, from the call to the resource. */
export class Call {
  readonly kind: string;
  readonly name: string;
  readonly at: string;
  readonly declaration: Declaration;

  constructor(kind: string, name: string, callee: Callee, at = callSite(callee)) {
    this.kind = kind;
    this.name = name;
    this.at = at;
    this.declaration = openDeclaration(`${callee.name}()`, at);
  }

  get address(): Address {
    return address(this.kind, this.name);
  }

  /** Whether the name and the options are right. What is not is kept for the end of the declaration. */
  accepts(schema: z.ZodMiniType, options: unknown): boolean {
    const named = [wrongName(this.kind, this.name) ?? this.#wrongTwice()].filter(problem => problem !== undefined);
    const problems = [...named, ...problemsOf(schema, options, subject(this.kind, String(this.name)))];
    for (const problem of problems) this.refuse(problem);
    this.#settle(problems.length > 0);
    return problems.length === 0;
  }

  refuse(problem: ProblemParts): void {
    this.declaration.failed.add(this.address);
    this.declaration.problems.push({ where: this.at, ...problem });
  }

  declare(spec: unknown, needs: readonly Address[], options: CommonOptions): void {
    const { engine = 'default', movedFrom, needs: further = [] } = options;
    const all = [...needs, ...further.map(addressOfHandle)];
    const resource: Resource = {
      kind: this.kind,
      name: this.name,
      engine,
      spec,
      needs: all.length > 1 ? [...new Set(all)] : all,
      ...(movedFrom && { movedFrom: [movedFrom].flat() }),
      at: this.at,
    };
    this.declaration.resources.push(resource);
  }

  #wrongTwice(): ProblemParts | undefined {
    const first = this.declaration.places.get(this.address);
    return first === undefined ? undefined : twice(this.kind, this.name, first);
  }

  #settle(failed: boolean): void {
    if (failed) this.declaration.failed.add(this.address);
    if (!this.declaration.places.has(this.address)) this.declaration.places.set(this.address, this.at);
  }
}

/** What a noun makes of its options. */
export interface Declared {
  readonly spec: unknown;
  readonly needs: readonly Address[];
}

/** Declares a noun whose options are all that there is to check. */
export function declare(call: Call, schema: z.ZodMiniType, options: CommonOptions, build: () => Declared): void {
  if (!call.accepts(schema, options)) return;
  const { spec, needs } = build();
  call.declare(spec, needs, options);
}

/** What a resource needs of the handles that its options hold. */
export const needsOfHandles = (handles: readonly (Handle | undefined)[]): readonly Address[] =>
  handles.filter(handle => handle !== undefined).map(addressOfHandle);

const twice = (kind: string, name: string, first: string): ProblemParts => ({
  what: `${subject(kind, name)} is declared twice`,
  why: `the name is taken by the one at ${first}, and two can’t be told apart`,
  fix: 'give one of them another name, or declare it once and pass its handle on',
});

/** The system that is being declared. Throws where there is none. */
export function openDeclaration(what: string, at: string): Declaration {
  const { open, ended } = slot();
  if (open) return open;
  throw wrong({
    what: ended
      ? `${what} was called after system "${ended}" had been declared`
      : `${what} was called outside of system()`,
    where: at,
    why: ended
      ? 'the callback of system() had returned: what comes later, in a promise or at the end of the file, belongs to no system'
      : 'a declaration belongs to the system whose callback makes it; here there is none',
    fix: "move the call into the callback: export default system('shop', env => { … })",
  });
}
