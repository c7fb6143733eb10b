import type { FactDraft, StoredFact } from '../../../journal/fact.ts';
import { iso } from '../../../kit/clock.ts';
import type { Address } from '../../../model/address.ts';
import { sentenceOf } from '../../../model/assertion/judge.ts';
import { addressOf } from '../../../model/resource.ts';
import type { AssertionSpec } from '../../../model/spec/check-spec.ts';
import { resourcesOf, type SystemModel } from '../../../model/system-model.ts';
import { ranAs } from '../../evidence/check-ran.ts';
import { type Ground, groundOf } from '../../evidence/footing.ts';
import type { Result } from '../../outcome.ts';
import { waived } from '../../run/result.ts';
import type { DocsKnowledge, ToldBound } from '../knowledge.ts';

export const start = Date.parse('2026-11-01T10:00:00Z');
export const day = 86_400_000;

const digestOf = (name: string): string => `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)}`;

/** Written one after the other, as a journal does. */
const stored = (drafts: readonly FactDraft[]): readonly StoredFact[] =>
  drafts.map((draft, at) => {
    const envelope = { format: 1, seq: at + 1, id: String(at + 1), at: iso(start), actor: 'ada@laptop' } as const;
    return { ...envelope, ...draft };
  });

const bounds = (model: SystemModel): ReadonlyMap<Address, ToldBound> =>
  new Map(
    resourcesOf(model, 'promise').map(({ name }) => [
      `promise/${name}`,
      {
        atMost: '99.8%',
        independent: '99.85%',
        commonCauses: [{ of: 'common-cause/web', beta: '10%' }],
        caps: resourcesOf(model, 'upstream').map(one => ({ of: addressOf(one), there: one.spec.sla ?? '100%' })),
        assumed: ['host/default', 'service/web', 'instance/web.1', 'instance/web.2'],
        lifts: [{ of: 'upstream/stripe', perfect: '99.9%', doubled: '99.8999%' }],
      },
    ]),
  );

export interface Found {
  /** Names of checks whose newest run failed. */
  readonly failing?: readonly string[];
  /** Since when it is asked. */
  readonly now?: number;
}

const verbs = 'up rollback bake upstreams image promise plan status check logs exec journal docs'.split(' ');

/** A system of which everything was looked at on 1 November, and what runs since. */
export function knownOf(model: SystemModel, { failing = [], now = start + day }: Found = {}): DocsKnowledge {
  const digests = new Map(resourcesOf(model, 'image').map(image => [addressOf(image), digestOf(image.name)]));
  const ground = groundOf(model, digests);
  const facts = stored([...runs(model, ground, failing), ...measurements(model, ground)]);
  return {
    model,
    facts,
    digests,
    now,
    bounds: bounds(model),
    seals: new Map([...digests].map(([image, digest]) => [image, { digest, at: iso(start), checks: 4 }])),
    asOf: { seq: facts.length, at: iso(start) },
    verbs: new Set(verbs),
  };
}

const scopeOf = ({ name: system, environment }: SystemModel) => ({ system, environment });

/** As a run writes it: what is waived is no failure. */
const runs = (model: SystemModel, ground: Ground, failing: readonly string[]): readonly FactDraft[] =>
  resourcesOf(model, 'check').flatMap(({ name, spec }) => {
    const check = addressOf({ kind: 'check', name });
    const results = spec.assertions.map((assertion, at) => lookedAt(assertion, at === 0 && failing.includes(name)));
    const ran = ranAs(
      results.map(one => waived(one, spec, start)),
      ground.of(check),
    );
    return ran ? [{ kind: 'check.ran', ...scopeOf(model), payload: { check, ...ran } }] : [];
  });

function lookedAt(assertion: AssertionSpec, isWrong: boolean): Result {
  const looked = { sentence: sentenceOf(assertion), milliseconds: 12, tier: 'api' } as const;
  return isWrong
    ? { ...looked, status: 'failed', expected: 'answers 200', found: '503 Service Unavailable' }
    : { ...looked, status: 'passed' };
}

const measurements = (model: SystemModel, ground: Ground): readonly FactDraft[] =>
  resourcesOf(model, 'promise')
    .filter(({ spec }) => spec.measured)
    .map(promise => {
      const told = { promise: addressOf(promise), good: 5_757, total: 5_760, from: iso(start - day), to: iso(start) };
      return { kind: 'promise.measured', ...scopeOf(model), payload: { ...told, on: ground.ofMeasure(promise) } };
    });
