import type { FactDraft, StoredFact } from '../../../journal/fact.ts';
import { iso } from '../../../kit/clock.ts';
import type { Address } from '../../../model/address.ts';
import { sentenceOf } from '../../../model/assertion/judge.ts';
import { resourcesOf, type SystemModel } from '../../../model/system-model.ts';
import { groundOf } from '../../evidence/footing.ts';
import type { DocsKnowledge, ToldBound } from '../knowledge.ts';

export const start = Date.parse('2026-11-01T10:00:00Z');
export const day = 86_400_000;

const digestOf = (name: string): string => `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)}`;

let seq = 0;
export const stored = (draft: FactDraft, at: number, of: SystemModel): StoredFact => {
  seq += 1;
  const scope = { system: of.name, environment: of.environment };
  return { format: 1, seq, id: String(seq), at: iso(at), actor: 'ada@laptop', ...draft, ...scope } as StoredFact;
};

const bounds = (model: SystemModel): ReadonlyMap<Address, ToldBound> =>
  new Map(
    resourcesOf(model, 'promise').map(({ name }) => [
      `promise/${name}`,
      {
        atMost: '99.8%',
        independent: '99.85%',
        beta: '10%',
        caps: resourcesOf(model, 'upstream').map(one => ({
          of: `upstream/${one.name}` as Address,
          there: one.spec.sla ?? '100%',
        })),
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

/** A system of which everything was looked at on 1 November, and what runs since. */
export function knownOf(model: SystemModel, { failing = [], now = start + day }: Found = {}): DocsKnowledge {
  seq = 0;
  const digests = new Map(resourcesOf(model, 'image').map(({ name }) => [`image/${name}` as Address, digestOf(name)]));
  const ground = groundOf(model, digests);
  const scope = { system: model.name, environment: model.environment };
  const runs = resourcesOf(model, 'check').map(({ name, spec }) => {
    const passed = !failing.includes(name);
    const check: Address = `check/${name}`;
    const told = { check, passed, sentences: spec.assertions.length, failed: passed ? [] : [failureOf(model, name)] };
    const payload = { ...told, on: ground.ofCheck(check), milliseconds: 12 };
    return stored({ kind: 'check.ran', ...scope, payload }, start, model);
  });
  const measures = resourcesOf(model, 'promise')
    .filter(({ spec }) => spec.measured)
    .map(promise => {
      const between = { from: iso(start - day), to: iso(start) };
      const on = ground.ofMeasure(promise);
      const payload = { promise: `promise/${promise.name}` as Address, good: 5_757, total: 5_760, ...between, on };
      return stored({ kind: 'promise.measured', ...scope, payload }, start, model);
    });
  const facts = [...runs, ...measures];
  return {
    model,
    facts,
    digests,
    now,
    bounds: bounds(model),
    seals: new Map([...digests].map(([image, digest]) => [image, { digest, at: iso(start), checks: 4 }])),
    asOf: { seq, at: iso(start) },
    verbs: new Set([
      'status',
      'plan',
      'up',
      'rollback',
      'logs',
      'exec',
      'journal',
      'image',
      'bake',
      'upstreams',
      'docs',
    ]),
  };
}

function failureOf(model: SystemModel, name: string): string {
  const [assertion] = resourcesOf(model, 'check').find(one => one.name === name)?.spec.assertions ?? [];
  return assertion ? `${sentenceOf(assertion)}: 503 Service Unavailable` : '';
}
