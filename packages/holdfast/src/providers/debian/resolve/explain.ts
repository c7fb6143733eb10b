import { nearest } from '../../../kit/nearest.ts';
import { Problem, type ProblemParts } from '../../../kit/problem.ts';
import { type Cause, causeOf } from './cause.ts';
import type { Need } from './need.ts';
import type { Package } from './package.ts';
import type { Packages } from './packages.ts';
import { relationText } from './relation.ts';

/** What to tell of packages that can't be had together: the first cause in full, and what else is not met. */
export function unmet(packages: Packages, broken: readonly Package[]): Problem {
  const needs = broken.flatMap(({ chosen }) =>
    chosen ? packages.needs(chosen).filter(need => !packages.isFulfilled(need)) : [],
  );
  const [cause] = needs.flatMap(need => causeOf(packages, need) ?? []);
  const evidence = needs.map(needText);
  return new Problem({ exit: 2, ...(cause ? told(packages, cause) : unknown(broken)), evidence });
}

function told(packages: Packages, cause: Cause): ProblemParts {
  if (cause.is === 'refused') return refused(cause);
  const owner = packages.named(cause.need.of.name);
  const wanted = `${needText(cause.need)}; ${chain(owner)}`;
  if (cause.is === 'too old below') return tooOld(cause, wanted);
  if (cause.is === 'no such version') return noVersion(cause, wanted);
  return noPackage(packages, cause, wanted);
}

type CauseThat<I extends Cause['is']> = Extract<Cause, { is: I }>;

function refused({ need, by, refused }: CauseThat<'refused'>): ProblemParts {
  const [added, other] = by.below ? [refused, by] : [by, refused];
  return {
    what: other.below
      ? `the base has ${other.name}, and ${added.name} can not be installed beside it`
      : `${by.name} and ${refused.name} can not be installed together`,
    why: `${needText(need)}; ${chain(by)}; ${chain(refused)}`,
    fix: 'leave one of them out, or name another package that serves as well',
  };
}

function tooOld({ relation, below, need }: CauseThat<'too old below'>, why: string): ProblemParts {
  return {
    what: `the base has ${below.name} ${below.version}, and ${need.of.name} wants ${relationText(relation)}`,
    why,
    fix: 'run holdfast bake --update: it takes the base to what the archive has now',
    exit: 1,
  };
}

function noVersion({ relation, newest, need }: CauseThat<'no such version'>, why: string): ProblemParts {
  return {
    what: `${need.of.name} wants ${relationText(relation)}, and the newest is ${newest.version}`,
    why,
    fix: 'the archive contradicts itself, mostly for some hours between two updates: try again later, or another mirror',
  };
}

function noPackage(packages: Packages, { relation, need }: CauseThat<'no such package'>, why: string): ProblemParts {
  const meant = nearest(relation.name, packages.names());
  return {
    what: `${need.of.name} wants ${relationText(relation)}, and no suite has such a package`,
    why,
    fix: meant === undefined ? `leave ${need.of.name} out` : `leave ${need.of.name} out, or use ${meant} instead`,
  };
}

const unknown = (broken: readonly Package[]): ProblemParts => ({
  what: `${broken.map(({ name }) => name).join(', ')} can not be installed together`,
  why: 'each way to meet what they want excludes another that was chosen before',
  fix: 'name the packages that you want among the alternatives',
});

/** `nginx 1.22 depends on iproute2 | net-tools`. */
function needText(need: Need): string {
  const names = need.oneOf.map(relationText).join(' | ');
  return `${need.of.name} ${need.of.version} ${verbs[need.field]} ${names}`;
}

const verbs: Readonly<Record<Need['field'], string>> = {
  'Pre-Depends': 'pre-depends on',
  Depends: 'depends on',
  Conflicts: 'conflicts with',
  Breaks: 'breaks',
};

/** Who wants a package: `libfoo is wanted by foo, which is wanted by bar, which was asked for`. */
function chain(pack: Package): string {
  const links: Package[] = [];
  for (let at: Package | undefined = pack; at && !links.includes(at); at = at.because) links.push(at);
  const end = links.at(-1)?.below ? 'is in the base' : 'was asked for';
  const wanted = links.slice(1).map(({ name }) => `is wanted by ${name}`);
  return `${pack.name} ${[...wanted, end].join(', which ')}`;
}
