import type { Journal } from '../../journal/journal.ts';
import { begunAt, type KeptRelease, type ReleaseView, recentKept, releases } from '../../journal/view.ts';
import { exitCode, Problem } from '../../kit/problem.ts';

const isKept = ({ ended }: ReleaseView): boolean => ended?.outcome === 'kept';

/** The release that was asked for by id or number, else the one kept before the present one. */
export async function releaseToReturnTo(
  journal: Journal,
  system: string,
  environment: string,
  asked?: string,
): Promise<KeptRelease> {
  const found = asked ? await named(journal, system, environment, asked) : await before(journal, system, environment);
  if (found) return found;
  const kept = (await releases(journal, system, environment)).filter(isKept);
  throw new Problem({
    what: asked ? `there is no kept release "${asked}"` : 'there is no earlier release to go back to',
    why:
      kept.length > 0
        ? `kept releases: ${kept.map(({ number }) => `r${number}`).join(', ')}`
        : 'the journal knows of no release that was kept',
    fix: 'see them with `holdfast journal --kind release.ended`',
    exit: exitCode.wrongUse,
  });
}

/** How far to look back for a release that is another than the present one. */
const reach = 20;

/** Releases of the same model count once, and one that took everything away is nothing to go back to. */
async function before(journal: Journal, system: string, environment: string): Promise<KeptRelease | undefined> {
  const [, ...earlier] = await recentKept(journal, system, environment, reach);
  return earlier.find(({ model }) => model.resources.length > 0);
}

async function named(
  journal: Journal,
  system: string,
  environment: string,
  asked: string,
): Promise<KeptRelease | undefined> {
  const kept = (await releases(journal, system, environment)).filter(isKept);
  const found = kept.find(({ release, number }) => release === asked || String(number) === asked.replace(/^r/, ''));
  const begun = found && (await begunAt(journal, found.seq));
  return begun && { ...found, ...begun };
}
