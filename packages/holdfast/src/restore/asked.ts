import { iso } from '../kit/clock.ts';
import { exitCode, Problem } from '../kit/problem.ts';

/** What is to be restored. */
export interface Asked {
  /** The name of the database as it is declared. Left out: the only one that has backups. */
  readonly database?: string;
  /** Milliseconds since 1970. Left out: all that is there. */
  readonly to?: number;
  /** What the new server is called. Default: as the database, with `-restored`. */
  readonly into?: string;
}

export const defaultName = (database: string): string => `${database}-restored`;

/** A moment as PostgreSQL reads it. */
export const spellTarget = (moment: number): string => iso(moment).replace('T', ' ').replace('Z', '+00');

/** A moment that a person typed: with its zone, for a wrong guess would restore another hour. */
export function readMoment(text: string, now: number): number {
  const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (moment <= now) return moment;
  throw new Problem({
    what: `--to '${text}' is ${moment > now ? 'still to come' : 'not a moment'}`,
    why: 'a moment is a day, a time and its zone',
    fix: `write it as in --to '${iso(now).replace(/\.\d+/, '')}'`,
    exit: exitCode.wrongUse,
  });
}
