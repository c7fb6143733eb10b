import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Address } from '../../model/address.ts';
import { sentenceOf } from '../../model/assertion/judge.ts';
import type { AssertionSpec, SubjectType } from '../../model/spec/check-spec.ts';
import type { Copies } from '../../ports/looking/copies.ts';
import type { Looker } from '../../ports/looking/looker.ts';
import type { Seen } from '../../ports/provider.ts';
import { observe } from '../look/observe.ts';
import { resultOf } from '../look/results.ts';
import { subjectsOf } from '../look/subject.ts';
import type { Result } from '../outcome.ts';
import { type Deed, idle, isUnproven, type Otherwise } from './sabotage.ts';
import { sabotageOf } from './sabotage-of.ts';

/** Whether a sentence was seen red; where it was not, why not. */
export type Proof = { readonly proved: 'red' } | { readonly proved: 'unproven'; readonly why: string };

/** By sentence. */
export type Proofs = ReadonlyMap<string, Proof>;

export interface ProofGround {
  readonly copies: Copies;
  readonly lookers: readonly Looker[];
  readonly signal: AbortSignal;
}

/** Each copy keeps a processor busy while it starts. */
const atOnce = 3;

/**
 * Shows each sentence that is said of something red once: on a copy of it that was sabotaged in just that. What is not
 * green on a copy as it is, as where it needs others, can't be shown in this way.
 */
export async function prove(
  target: Address,
  of: Seen,
  assertions: readonly AssertionSpec[],
  ground: ProofGround,
): Promise<Proofs> {
  const green = await greenOf(of, assertions, ground);
  const proofs = await pLimit(atOnce).map(assertions, async assertion => {
    const sentence = sentenceOf(assertion);
    const sabotage = sabotageOf(target, assertion);
    if (isUnproven(sabotage)) return [sentence, unproven(sabotage.unproven)] as const;
    if (!green.has(sentence)) return [sentence, unproven('it is not so of a copy that stands alone')] as const;
    return [sentence, await shown(of, assertion, sabotage, ground)] as const;
  });
  return new Map(proofs);
}

const unproven = (why: string): Proof => ({ proved: 'unproven', why });

/** How long a copy may take until it is as what it is a copy of, in milliseconds. */
const patience = 10_000;

async function greenOf(of: Seen, assertions: readonly AssertionSpec[], ground: ProofGround) {
  await using copy = await ground.copies.copy(of, {}, {}, ground.signal);
  const results = await lookedAt(copy.seen, assertions.map(patient), ground);
  return new Set(assertions.filter((_, at) => results[at]?.status === 'passed').map(sentenceOf));
}

/** What takes its time gets some, and what waits for ever does not. */
function patient(assertion: AssertionSpec): AssertionSpec {
  const { of } = assertion;
  return of.eventually === undefined ? assertion : { ...assertion, of: { ...of, eventually: patience } };
}

function impatient({ of: { eventually: _, ...of }, ...assertion }: AssertionSpec): AssertionSpec {
  return { ...assertion, of: of as AssertionSpec['of'] };
}

/** What does not run alone, or by root's hand, may be there nonetheless: then a copy that does nothing will do. */
async function shown(of: Seen, assertion: AssertionSpec, deed: Deed, ground: ProofGround): Promise<Proof> {
  const { start = {} } = deed;
  const first = await shownOn(start, of, assertion, deed, ground);
  if (first.proved === 'red' || !isStill(assertion)) return first;
  const second = await shownOn({ ...idle, ...start }, of, assertion, deed, ground);
  return second.proved === 'red' ? second : first;
}

async function shownOn(
  start: Otherwise,
  of: Seen,
  assertion: AssertionSpec,
  { line, may }: Deed,
  ground: ProofGround,
): Promise<Proof> {
  const deeds = { ...(line !== undefined && { line }), ...(may && { may }) };
  await using copy = await ground.copies.copy(of, start, deeds, ground.signal);
  if (line === undefined) return await redIn(copy.seen, assertion, ground);
  const [before] = await lookedAt(copy.seen, [patient(assertion)], ground);
  if (!start.command && before?.status !== 'passed') return unproven('it is not so of a copy that root may change');
  if (!(await copy.run(line, ground.signal))) return unproven('the image lacks what it takes to sabotage it');
  return await redIn(copy.seen, assertion, ground);
}

/** Whether it is there without anything that runs: then nothing that root starts is in the way. */
const isStill = ({ of: { type } }: AssertionSpec): boolean => still.has(type);
const still: ReadonlySet<SubjectType> = new Set([
  'container',
  'cron',
  'directory',
  'disk',
  'environment',
  'file',
  'group',
  'interface',
  'memory',
  'mount',
  'mounts',
  'package',
  'route',
  'user',
]);

/** Between two looks, and for how long, in milliseconds: what listens where it must not needs a moment to do so. */
const looks = { every: 250, atMost: 12 } as const;

/** That nobody can look would prove nothing. */
async function redIn(copy: Seen, assertion: AssertionSpec, ground: ProofGround): Promise<Proof> {
  let last: Result | undefined;
  for (let look = 0; look < looks.atMost; look += 1) {
    [last] = await lookedAt(copy, [impatient(assertion)], ground);
    if (last?.status === 'failed') return { proved: 'red' };
    await pause(looks.every, undefined, { signal: ground.signal });
  }
  return unproven(
    last?.status === 'unknown'
      ? `nobody could look at a sabotaged copy: ${last.found}`
      : 'it stays as it is whatever was done to a copy',
  );
}

async function lookedAt(
  target: Seen,
  assertions: readonly AssertionSpec[],
  { lookers, signal }: ProofGround,
): Promise<readonly (Result | undefined)[]> {
  const seen = await observe([{ target, subjects: subjectsOf(assertions), lookers }], signal);
  return assertions.map(assertion => {
    const found = seen.find(({ subject }) => subject.said.includes(assertion));
    return found && resultOf(assertion, found);
  });
}
