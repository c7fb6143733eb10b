import type { FactsOf } from '../../../model/assertion/facts/facts-of.ts';
import { factsWanted } from '../../../model/assertion/judge.ts';
import type { Looked } from '../../../model/assertion/matcher.ts';
import type { SubjectSpec, SubjectType } from '../../../model/spec/check-spec.ts';
import type { Candidate, Sight, Subject } from './examine.ts';
import { type People, peopleIn } from './people.ts';
import { lookAtFile } from './tree-facts.ts';

export type AnyLooked = Looked<FactsOf[SubjectType]>;

/** Looks at files and users in the layers. */
export async function lookIntoTree(
  subjects: readonly Subject[],
  { tree }: Candidate,
): Promise<readonly (readonly [SubjectSpec, Sight])[]> {
  const people = await peopleIn(tree);
  return Promise.all(
    subjects.map(async subject => [subject.of, await measured(() => lookAt(subject, tree, people))] as const),
  );
}

async function lookAt({ of, said }: Subject, tree: Candidate['tree'], people: People): Promise<AnyLooked> {
  const wanted = factsWanted(said.map(({ assertion }) => assertion));
  if (of.type === 'file') return lookAtFile(tree, of.path, people, wanted);
  const user = of.type === 'user' ? people.users.get(of.name) : undefined;
  return user
    ? { facts: user }
    : { missing: `there is none among ${[...people.users.keys()].join(', ') || 'no users'}` };
}

export async function measured(look: () => Promise<AnyLooked>): Promise<Sight> {
  const startedAt = performance.now();
  const looked = await look();
  return { looked, milliseconds: Math.round(performance.now() - startedAt) };
}
