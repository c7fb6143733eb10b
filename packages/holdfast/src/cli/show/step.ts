import { spellDuration } from '../../kit/duration.ts';

/** A step as its facts and the plan tell it. */
export interface StepTold {
  readonly step: string;
  readonly op: string;
  readonly address: string;
  /** What the plan says of its object: `create`, `change` … */
  readonly action?: string;
}

type Words = readonly [doing: string, done: string];

const words: Readonly<Record<string, Words>> = {
  ensure: ['is being made', 'made'],
  remove: ['is being removed', 'removed'],
  gate: ['is waited for', 'healthy'],
  finish: ['is running', 'ended well'],
  shift: ['traffic is being shifted', 'traffic shifted'],
  route: ['routes are being set', 'routes set'],
};

const changing: Words = ['is being changed', 'changed'];
const naming: Words = ["takes its service's name", "answers to its service's name"];

function wordsOf({ op, action, step }: StepTold): Words {
  if (op === 'ensure' && step.includes(' answer')) return naming;
  if (op === 'ensure' && (action === 'change' || action === 'rename')) return changing;
  return words[op] ?? [op, op];
}

/** `web.1` of an instance; else with its kind: `image/app`. */
export const subject = ({ address }: StepTold): string => address.replace(/^instance\//, '');

export const doing = (told: StepTold): string => wordsOf(told)[0];

/** `healthy after 1.2s`, `traffic shifted, drained (0.3s)`. */
export function done(told: StepTold, milliseconds: number, note?: string): string {
  const [, word] = wordsOf(told);
  if (note?.startsWith(`${word} after`)) return note;
  const rest = note && note !== word ? `, ${note}` : '';
  return `${word}${rest} (${spellDuration(milliseconds)})`;
}
