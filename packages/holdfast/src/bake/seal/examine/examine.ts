import { canonical } from '../../../kit/json.ts';
import { judge, sentenceOf } from '../../../model/assertion/judge.ts';
import type { Known } from '../../../model/resource.ts';
import type { AssertionSpec, SubjectSpec, SubjectType } from '../../../model/spec/check-spec.ts';
import type { ImageConfig } from '../../../model/spec/recipe.ts';
import type { BakedImage } from '../../../ports/baked-image.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import type { OpenTrials } from '../trial/trial.ts';
import type { Examined } from './examined.ts';
import { type AnyLooked, lookIntoTree } from './static-looks.ts';
import { lookIntoTrials, patienceFor } from './trial-looks.ts';

/** An image that is to be examined. */
export interface Candidate {
  readonly image: Pick<BakedImage, 'digest' | 'layers'>;
  readonly tree: ImageTree;
  readonly settings: ImageConfig;
  /** What was said of it. */
  readonly checks: readonly Pick<Known<'check'>, 'name' | 'spec'>[];
}

/** All that is said of one subject: it is looked at once. */
export interface Subject {
  readonly of: SubjectSpec;
  readonly said: readonly Saying[];
}

interface Saying {
  readonly check?: string;
  readonly assertion: AssertionSpec;
}

/** What was seen of a subject, and how long that took. */
export interface Sight {
  readonly looked: AnyLooked;
  readonly milliseconds: number;
}

/**
 * Looks at all that the checks of an image say. What the layers tell needs no container; one is started only where a
 * command, a port or an answer is asked for.
 */
export async function examine(
  candidate: Candidate,
  open: OpenTrials,
  signal: AbortSignal,
): Promise<readonly Examined[]> {
  const subjects = subjectsOf(candidate);
  const inside = subjects.filter(({ of }) => inLayers.has(of.type));
  const running = subjects.filter(subject => !inside.includes(subject));
  const sights = new Map([
    ...(await lookIntoTree(inside, candidate)),
    ...(running.length > 0 ? await lookIntoTrials(running, candidate, open, signal) : []),
  ]);
  return subjects.flatMap(one => judged(one, sights));
}

/** What the layers tell. */
const inLayers: ReadonlySet<SubjectType> = new Set(['file', 'directory', 'user', 'group', 'package', 'image']);

function subjectsOf({ checks, settings }: Candidate): readonly Subject[] {
  const said = checks.flatMap(({ name: check, spec }) =>
    spec.assertions.map((assertion): Saying => ({ check, assertion })),
  );
  const byKey = Map.groupBy([...said, ...portsToo(said, settings)], ({ assertion }) => canonical(assertion.of));
  return [...byKey.values()].flatMap(all => (all[0] ? [{ of: all[0].assertion.of, said: all }] : []));
}

/** Where it is started and asked anyway, each port that it declares must listen. */
function portsToo(said: readonly Saying[], { ports }: ImageConfig): readonly Saying[] {
  const asked = said.flatMap(({ assertion: { of } }) => (of.type === 'port' || of.type === 'http' ? [of] : []));
  if (asked.length === 0) return [];
  const isSaid = (port: number) => asked.some(of => of.type === 'port' && of.port === port);
  const eventually = Math.max(...asked.map(patienceFor));
  return ports
    .filter(port => !isSaid(port))
    .map(port => ({ of: { type: 'port', port, protocol: 'tcp', eventually } as const }))
    .map(({ of }) => ({ assertion: { of, matcher: 'listens', negated: false } }));
}

const judged = ({ said }: Subject, sights: ReadonlyMap<SubjectSpec, Sight>): readonly Examined[] =>
  said.map(({ check, assertion }) => {
    const sight = sights.get(said[0]?.assertion.of ?? assertion.of);
    const { ok, expected, found } = judge(assertion, sight?.looked ?? { unknown: 'nobody looked' });
    return {
      sentence: sentenceOf(assertion),
      ...(check !== undefined && { check }),
      ok,
      ...(!ok && { expected, found }),
      milliseconds: sight?.milliseconds ?? 0,
    };
  });
