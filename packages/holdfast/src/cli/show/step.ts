import { spellDuration } from '../../kit/duration.ts';

/** A step as its facts tell it. */
export interface StepTold {
  readonly step: string;
  readonly op: string;
  readonly address: string;
}

/** What is done, while it is done and afterwards, by the kind of step. */
const words: Readonly<Record<string, readonly [doing: string, done: string]>> = {
  ensure: ['is being made', 'is as declared'],
  remove: ['is being removed', 'removed'],
  gate: ['is waited for', 'healthy'],
  finish: ['is running', 'ended well'],
  shift: ['traffic is being shifted', 'traffic shifted'],
  route: ['routes are being set', 'routes set'],
};

const imageWords = ['is being made', 'made'] as const;

const wordsOf = ({ op, address }: StepTold): readonly [string, string] =>
  op === 'ensure' && address.startsWith('image/') ? imageWords : (words[op] ?? [op, op]);

export const doing = (told: StepTold): string => wordsOf(told)[0];

/** `healthy after 1.2s`, `traffic shifted, drained (0.3s)`. */
export function done(told: StepTold, milliseconds: number, note?: string): string {
  const word = wordsOf(told)[1];
  if (note?.startsWith(word)) return note;
  return `${word}${note && told.op !== 'finish' ? `, ${note}` : ''} ${`(${spellDuration(milliseconds)})`}`;
}
