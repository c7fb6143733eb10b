import { exitCode, Problem } from '../../kit/problem.ts';

export const newerFormat = (where: string, found: number, known: number): Problem =>
  new Problem({
    what: 'The journal was written by a newer Holdfast',
    where,
    why: `its format is ${found}; this Holdfast knows formats up to ${known}`,
    fix: 'Update Holdfast: npm install holdfast@latest',
    exit: exitCode.unreachable,
  });

export const closed = (where: string): Problem =>
  new Problem({ what: 'The journal is closed already', where, fix: 'Open it again', exit: exitCode.unreachable });

export const notRedactable = (where: string, seq: number, why: string): Problem =>
  new Problem({
    what: `Fact ${seq} can't be redacted`,
    where,
    why,
    fix: 'See `holdfast journal` for the facts and their numbers',
    exit: exitCode.wrongUse,
  });

export const unreadableFact = (seq: number): Problem =>
  new Problem({
    what: `Fact ${seq} of the journal can't be read`,
    why: 'its payload is not JSON, so it was changed after it was written',
    fix: 'Run `holdfast journal verify`, which tells what can still be relied on',
    exit: exitCode.unreachable,
  });
