import { sha256 } from '../../kit/hash.ts';
import { sentenceOf } from '../../model/assertion/judge.ts';
import type { Known } from '../../model/resource.ts';
import type { Examined } from './examine/examined.ts';

/** The sentences that checks say, sorted; one a line. */
export const saidBy = (checks: readonly Pick<Known<'check'>, 'name' | 'spec'>[]): string =>
  checks
    .flatMap(({ name, spec }) => spec.assertions.map(assertion => `${name}: ${sentenceOf(assertion)}`))
    .sort()
    .join('\n');

/** The same, of those whose answers a seal holds. */
export const answered = (checks: readonly Examined[]): string =>
  checks
    .flatMap(({ check, sentence }) => (check === undefined ? [] : `${check}: ${sentence}`))
    .sort()
    .join('\n');

/** What a record is of besides its digest: the same image may be made of other inputs, or be asked other things. */
export const occasionOf = (inputs: string, said: string): string => sha256(`${inputs}\n${said}`).slice(0, 16);
