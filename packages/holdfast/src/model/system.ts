import { Problem, type ProblemParts, Problems } from '../kit/problem.ts';
import { problemsAcross } from './consistency/across.ts';
import { callSite } from './declaration/call-site.ts';
import { wrongName } from './declaration/label.ts';
import { type Declaration, slot } from './declaration/slot.ts';
import { spell } from './declaration/spell.ts';
import { wrong } from './declaration/wrong.ts';
import { type Env, envOf } from './env.ts';
import type { SystemModel } from './system-model.ts';

/**
 * Declares a system: `export default system('shop', env => { … })`. The callback says what there is, by calling
 * functions such as `service`; it is called once, at once, and must not be async.
 *
 * Returns plain data. Throws {@link Problems} with all that is wrong.
 */
export function system(name: string, build: (env: Env) => void): SystemModel {
  const at = callSite(system);
  const declaration = opened(name, at);
  refuseArguments(name, build, declaration, at);
  if (typeof build === 'function') run(build, declaration, at);
  const problems = [...declaration.problems, ...problemsAcross(declaration)];
  if (problems.length > 0) throw new Problems(inOrder(problems), `system "${String(name)}" is not declared well`);
  const { name: environment, hosts } = declaration.target;
  return { format: 1, name, environment, resources: declaration.resources, ...(hosts && { hosts }) };
}

function opened(name: string, at: string): Declaration {
  const { open, target = { name: 'local' } } = slot();
  if (open) throw nested(name, open.system, at);
  return {
    system: String(name),
    target,
    resources: [],
    places: new Map(),
    failed: new Set(),
    pending: new Map(),
    problems: [],
  };
}

function refuseArguments(name: unknown, build: unknown, { problems }: Declaration, at: string): void {
  const named = wrongName('system', name);
  if (named) problems.push({ where: at, ...named });
  if (typeof build !== 'function') problems.push({ where: at, ...noCallback(name, build) });
}

function run(build: (env: Env) => unknown, declaration: Declaration, at: string): void {
  const held = slot();
  held.open = declaration;
  try {
    const returned = build(envOf(declaration.target, declaration.system));
    if (isThenable(returned)) refuseAsync(returned, declaration, at);
  } catch (error) {
    declaration.problems.push(error instanceof Error ? error : new Error(String(error)));
  } finally {
    delete held.open;
    held.ended = declaration.system;
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** What comes after its first `await` fails on its own account: that is told here, once. */
function refuseAsync(returned: PromiseLike<unknown>, { problems, system: name }: Declaration, at: string): void {
  returned.then(undefined, () => {});
  problems.push({
    what: `the callback of system "${name}" is async`,
    where: at,
    why: 'what it declares after its first `await` would belong to no system, and waiting is a side effect: two evaluations could differ',
    fix: 'remove `async` and `await`; what must be looked up is either known when you write it, or a Ref that is known later',
  });
}

/** By file and line, since a reader mends a file from its top. */
function inOrder(problems: readonly (ProblemParts | Error)[]): readonly Error[] {
  return once(problems)
    .map(problem => (problem instanceof Error ? problem : wrong(problem)))
    .sort(byPlace);
}

/** What a loop or a recursion says again and again is told once. */
function once(problems: readonly (ProblemParts | Error)[]): readonly (ProblemParts | Error)[] {
  const keyOf = (problem: ProblemParts | Error) =>
    problem instanceof Error ? problem : `${problem.where} ${problem.what}`;
  return [...new Map(problems.map(problem => [keyOf(problem), problem])).values()];
}

const byPlace = (a: Error, b: Error): number => lineOf(a) - lineOf(b);

const lineOf = (error: Error): number =>
  error instanceof Problem ? Number(/:(\d+):\d+$/.exec(error.parts.where ?? '')?.[1] ?? 0) : Number.POSITIVE_INFINITY;

const nested = (name: string, outer: string, where: string) =>
  wrong({
    what: `system "${name}" is declared inside system "${outer}"`,
    where,
    why: 'a system is a whole: it is planned, released and rolled back as one',
    fix: 'make the inner one a plain function that is called in the outer one, or a project of its own',
  });

const noCallback = (name: unknown, build: unknown): ProblemParts => ({
  what: `system ${spell(name)} was given ${spell(build)} in place of a callback`,
  why: 'what a system is made of is declared by the function that is its second argument',
  fix: "write it as in system('shop', env => { … })",
});
