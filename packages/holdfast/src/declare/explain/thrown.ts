import { basename } from 'node:path';
import type { ProblemParts } from '../../kit/problem.ts';
import type { Found } from './explain.ts';

/** Anything else that the user's own code threw. */
export function thrown({ error, file, where }: Found): ProblemParts {
  const [, name] = /^Cannot access '(.+)' before initialization$/.exec(error.message) ?? [];
  if (name && error instanceof ReferenceError) return tooSoon(name);
  if (error instanceof RangeError && /call stack/.test(error.message)) return endless(basename(file));
  const inPackage = where.includes('/node_modules/');
  return {
    what: `${basename(file)} threw ${error.name === 'Error' ? 'an error' : `a ${error.name}`}: ${error.message.split('\n')[0]}`,
    why: 'it was thrown while the system was declared, so what the system is can’t be told',
    fix: inPackage
      ? 'it was thrown inside a package: check what it was given, or ask its author'
      : 'mend the line at the mark, or what led there',
  };
}

/** How two resources that want each other's handle meet JavaScript. */
const tooSoon = (name: string): ProblemParts => ({
  what: `\`${name}\` is used before it is declared`,
  why: 'a handle is there only after its declaration; where two resources each want the other’s handle, that is a cycle',
  fix: `move the declaration of \`${name}\` up; if each needs the other, let one of them find its peer when it runs, by a name in its configuration`,
});

/** The other way in which resources that want each other meet JavaScript: functions that call each other. */
const endless = (file: string): ProblemParts => ({
  what: `${file} calls itself without end`,
  why: 'functions that declare each other’s needs by calling each other make a cycle: neither can be first',
  fix: 'break it at one place: declare one of the two first, and let it find the other when it runs, by a name in its configuration',
});
