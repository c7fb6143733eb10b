import type { FactsOf } from '../../../model/assertion/facts/facts-of.ts';
import type { GroupFacts, UserFacts } from '../../../model/assertion/facts/people.ts';
import { factsWanted } from '../../../model/assertion/judge.ts';
import type { Looked } from '../../../model/assertion/matcher.ts';
import type { SubjectSpec, SubjectType } from '../../../model/spec/check-spec.ts';
import type { Candidate, Sight, Subject } from './examine.ts';
import { lookAtPackage } from './packages.ts';
import { type People, peopleIn } from './people.ts';
import { lookAtDirectory, lookAtFile } from './tree-facts.ts';
import { lookAtImage } from './whole-image.ts';

export type AnyLooked = Looked<FactsOf[SubjectType]>;

/** Looks at what the layers tell. */
export async function lookIntoTree(
  subjects: readonly Subject[],
  candidate: Candidate,
): Promise<readonly (readonly [SubjectSpec, Sight])[]> {
  const look = await treeLook(candidate);
  return Promise.all(
    subjects.map(async ({ of, said }) => {
      const wanted = factsWanted(said.map(({ assertion }) => assertion));
      return [of, await measured(() => look(of, wanted))] as const;
    }),
  );
}

/** What can be looked at in a tree, of what it is an image. */
export type Layered = Pick<Candidate, 'image' | 'tree' | 'settings'>;

/** A look at one subject; `wanted` are the names of facts that are read only where something is said of them. */
export type TreeLook = (of: SubjectSpec, wanted: ReadonlySet<string>) => Promise<AnyLooked>;

export async function treeLook(layered: Layered): Promise<TreeLook> {
  const people = await peopleIn(layered.tree);
  const whole = new Map<string, Promise<AnyLooked>>();
  const onceAtImage = (wanted: ReadonlySet<string>): Promise<AnyLooked> => {
    const key = [...wanted].sort().join(' ');
    const looked = whole.get(key) ?? lookAtImage(layered, wanted).then(facts => ({ facts }));
    whole.set(key, looked);
    return looked;
  };
  return (of, wanted) => (of.type === 'image' ? onceAtImage(wanted) : lookAt(of, wanted, layered, people));
}

async function lookAt(
  of: SubjectSpec,
  wanted: ReadonlySet<string>,
  candidate: Layered,
  people: People,
): Promise<AnyLooked> {
  const { tree } = candidate;
  if (of.type === 'file') return lookAtFile(tree, of.path, people, wanted);
  if (of.type === 'directory') return lookAtDirectory(tree, of.path, people, wanted);
  if (of.type === 'package') return lookAtPackage(tree, of.name);
  if (of.type === 'group') return found(people.groups, of.name, 'groups');
  return of.type === 'user' ? found(people.users, of.name, 'users') : { unknown: 'the layers do not tell' };
}

function found<F extends GroupFacts | UserFacts>(all: ReadonlyMap<string, F>, name: string, none: string): Looked<F> {
  const facts = all.get(name);
  return facts ? { facts } : { missing: `there is none among ${[...all.keys()].join(', ') || `no ${none}`}` };
}

export async function measured(look: () => Promise<AnyLooked>): Promise<Sight> {
  const startedAt = performance.now();
  const looked = await look();
  return { looked, milliseconds: Math.round(performance.now() - startedAt) };
}
