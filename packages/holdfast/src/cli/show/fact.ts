import { type FactDraft, isFact, type Payloads, type StoredFact } from '../../journal/fact.ts';
import { spellDuration } from '../../kit/duration.ts';
import { cut, widthOf } from '../../kit/layout.ts';
import { dayAndTime } from './moment.ts';
import type { Palette } from './screen.ts';

/** One fact on one line: when, who, what. Kinds from the future show their name. Pure. */
export function factLine(fact: StoredFact, paint: Palette, width: number): string {
  const { seq, at, actor, kind } = fact;
  const words = fact.redacted === undefined ? wordsOf(fact) : `redacted: ${fact.redacted}`;
  const dye = isBad(fact) ? paint.red : (text: string) => text;
  const lead = [paint.dim(`${String(seq).padStart(5)}  ${dayAndTime(at)}`), actor, paint.cyan(kind)].join('  ');
  return `${lead}  ${dye(cut(words, width - widthOf(lead) - 2))}`.trimEnd();
}

export const isBad = (fact: StoredFact): boolean =>
  fact.kind === 'step.failed' ||
  (isFact(fact, 'backup.restored') && fact.payload.verdict === 'unreadable') ||
  (isFact(fact, 'release.ended') && fact.payload.outcome !== 'kept') ||
  ((isFact(fact, 'check.ran') || isFact(fact, 'declaration.checked')) && !fact.payload.passed) ||
  fact.kind === 'job.skipped' ||
  fact.kind === 'backup.failed' ||
  (isFact(fact, 'job.ended') && fact.payload.exitCode !== 0);

type Words = { readonly [K in keyof Payloads]: (payload: FactDraft<K>['payload']) => string };

const words: Words = {
  'release.begun': ({ verb, goingBackFrom }) => (goingBackFrom ? `${verb}, back from ${goingBackFrom}` : verb),
  'release.ended': ({ outcome, milliseconds, reason }) =>
    `${outcome} after ${spellDuration(milliseconds)}${reason ? `: ${reason}` : ''}`,
  'step.intended': ({ step, name }) => `${step}${name ? ` (${name})` : ''}`,
  'step.done': ({ step, milliseconds, note }) => `${step} in ${spellDuration(milliseconds)}${note ? `: ${note}` : ''}`,
  'step.failed': ({ step, problem }) => `${step}: ${(problem as { what?: string } | undefined)?.what ?? 'failed'}`,
  'lease.taken': ({ owner, from }) =>
    `${owner.doing}, process ${owner.pid}${from ? `, taken over from ${from.user}@${from.host} (process ${from.pid})` : ''}`,
  'lease.left': () => '',
  'resource.renamed': ({ from, to }) => `${from} is called ${to}`,
  'destruction.scheduled': ({ address, due }) => `${address}, not before ${due}`,
  'destruction.cancelled': ({ address }) => `${address} stays`,
  'destruction.done': ({ address }) => address,
  'secret.generated': ({ name }) => name,
  'secret.set': ({ name }) => name,
  'secret.rotated': ({ name, why }) => (why === undefined ? name : `${name}: ${why}`),
  'secret.taken-over': ({ names, from }) => `${names.join(', ')}, from ${from}`,
  'secret.rekeyed': ({ added, removed }) =>
    [...added.map(name => `+ ${name}`), ...removed.map(name => `− ${name}`)].join(', '),
  'image.baked': ({ image, digest, milliseconds }) =>
    `${image} is ${shortDigest(digest)}, in ${spellDuration(milliseconds)}`,
  'image.sealed': ({ image, digest, checks }) => `${image} ${shortDigest(digest)}, ${checks} checks passed`,
  'image.refused': ({ image, digest, failed }) => `${image} ${shortDigest(digest)}: ${failed.join('; ')}`,
  'check.ran': ({ check, ...ran }) => `${check} ${ranWords(ran)}`,
  'declaration.checked': ({ of, ...ran }) => `${of} as declared: ${ranWords(ran)}`,
  'promise.measured': ({ promise, good, total }) => `${promise}: ${good} of ${total} good`,
  'guardian.acted': ({ cluster, leader, steps, milliseconds }) =>
    `${cluster}: ${steps.map(({ step, member }) => (member ? `${step} ${member}` : step)).join(', ')}; ${leader ?? 'nobody'} leads, after ${spellDuration(milliseconds)}`,
  'job.started': ({ job, slot }) => `${job} for ${slot}`,
  'job.ended': ({ job, outcome, exitCode, milliseconds }) =>
    `${job} ${outcome}${exitCode === undefined ? '' : ` with ${exitCode}`} after ${spellDuration(milliseconds)}`,
  'job.skipped': ({ job, slot }) => `${job} for ${slot}: the run before has not ended`,
  'backup.restored': restoredWords,
  'backup.taken': ({ cluster, type, label, milliseconds }) =>
    `${cluster}, ${type}: ${label} in ${spellDuration(milliseconds)}`,
  'backup.failed': ({ cluster, type, reason }) => `${cluster}, ${type}: ${reason}`,
  'environment.removed': ({ withData }) => (withData ? 'with its data' : 'its data stays'),
  'fact.redacted': ({ seq, reason }) => `fact ${seq}: ${reason}`,
};

const ranWords = ({
  passed,
  sentences,
  failed,
  waived = [],
}: Pick<Payloads['check.ran'], 'passed' | 'sentences' | 'failed' | 'waived'>): string =>
  passed
    ? `passed, ${sentences} sentences${waived.length > 0 ? `; waived: ${waived.map(one => one.sentence).join('; ')}` : ''}`
    : `failed: ${failed.join('; ')}`;

function restoredWords(told: Payloads['backup.restored']): string {
  if (told.verdict === 'unreadable') return `${told.backup} can't be read: ${told.reason}`;
  const { backup, into, target = 'its end', rto, rpo } = told;
  return `${backup} to ${target} as ${into}, in ${spellDuration(rto)}, at most ${spellDuration(rpo)} lost`;
}

const shortDigest = (digest: string): string => digest.replace('sha256:', '').slice(0, 12);

/** What happened, without when and who. */
export const wordsOf = ({ kind, payload }: StoredFact): string =>
  kind in words ? (words[kind as keyof Payloads] as (payload: unknown) => string)(payload) : '';
