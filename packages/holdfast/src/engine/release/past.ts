import type { Journal } from '../../journal/journal.ts';
import { type KeptRelease, modelAt, type ReleaseView, releases } from '../../journal/view.ts';
import { exitCode, Problem } from '../../kit/problem.ts';

const isKept = ({ ended }: ReleaseView): boolean => ended?.outcome === 'kept';

/** The release that was asked for by id or number, else the one kept before the present one. */
export async function releaseToReturnTo(
  journal: Journal,
  system: string,
  environment: string,
  asked?: string,
): Promise<KeptRelease> {
  const kept = (await releases(journal, system, environment)).filter(isKept);
  const found = asked
    ? kept.find(({ release, number }) => release === asked || String(number) === asked.replace(/^r/, ''))
    : kept.at(-2);
  const model = found && (await modelAt(journal, found.seq));
  if (model) return { ...found, model };
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
