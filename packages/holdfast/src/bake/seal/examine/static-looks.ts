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
  const people = await peopleIn(candidate.tree);
  return Promise.all(
    subjects.map(async subject => [subject.of, await measured(() => lookAt(subject, candidate, people))] as const),
  );
}

async function lookAt({ of, said }: Subject, candidate: Candidate, people: People): Promise<AnyLooked> {
  const { tree } = candidate;
  const wanted = factsWanted(said.map(({ assertion }) => assertion));
  if (of.type === 'file') return lookAtFile(tree, of.path, people, wanted);
  if (of.type === 'directory') return lookAtDirectory(tree, of.path, people, wanted);
  if (of.type === 'package') return lookAtPackage(tree, of.name);
  if (of.type === 'image') return { facts: await lookAtImage(candidate, wanted) };
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
