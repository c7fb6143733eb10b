import * as z from 'zod/mini';
import { iso } from '../kit/clock.ts';
import { Problem, type ProblemParts } from '../kit/problem.ts';

/** One backup as the repository lists it. */
export interface BackupSet {
  /** `20261129-205134F`, or with `_…D` behind it for what has changed since that one. */
  readonly label: string;
  readonly type: string;
  /** The first moment that can be restored from it, in milliseconds since 1970. */
  readonly from: number;
  /** Whether a checksum of a page did not fit when it was taken. */
  readonly hadErrors: boolean;
}

/** All that a repository has of one database. */
export interface Inventory {
  /** Oldest first. */
  readonly sets: readonly BackupSet[];
  /** The newest segment of the archive, without its timeline. */
  readonly lastWal?: string;
}

const schema = z.array(
  z.object({
    archive: z.array(z.object({ max: z.nullable(z.string()) })),
    backup: z.array(
      z.object({
        label: z.string(),
        type: z.string(),
        error: z.optional(z.nullable(z.boolean())),
        timestamp: z.object({ stop: z.number() }),
      }),
    ),
  }),
);

/** Of what `holdfast-backup info` tells. */
export function readInventory(json: string): Inventory {
  const [stanza] = schema.parse(JSON.parse(json));
  const lastWal = stanza?.archive.at(-1)?.max?.slice(timelineDigits);
  return {
    // The repository tells the second in which a backup ended: it is whole at the end of it.
    sets: (stanza?.backup ?? []).map(({ label, type, error, timestamp }) => ({
      ...{ label, type, from: (timestamp.stop + 1) * 1_000, hadErrors: error ?? false },
    })),
    ...(lastWal && { lastWal }),
  };
}

const timelineDigits = 8;

/** No backup of one repository will do: another one may have some that do. */
export class NoBackup extends Problem {
  /** Whether the repository has any. */
  readonly hasSome: boolean;

  constructor(parts: ProblemParts, hasSome: boolean) {
    super(parts);
    this.hasSome = hasSome;
  }
}

/** The backups from which a moment can be reached, newest first; all where none is asked for. */
export function candidates({ sets }: Inventory, to: number | undefined): readonly BackupSet[] {
  const found = sets.filter(({ from }) => to === undefined || from <= to).toReversed();
  if (found.length > 0) return found;
  const oldest = sets[0];
  throw new NoBackup(
    {
      what: `no backup reaches back to ${to === undefined ? 'anything' : iso(to)}`,
      why: oldest
        ? `the oldest one is ${oldest.label}, and reaches from ${iso(oldest.from)} on`
        : 'the repository has none yet',
      fix: oldest
        ? 'give a later time: --to …'
        : 'the agent takes them by the schedule of the database; `holdfast journal --kind backup.taken` shows which',
    },
    oldest !== undefined,
  );
}
