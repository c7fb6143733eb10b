import { plural, wrapped } from '../../../kit/layout.ts';
import { spellSize } from '../../../kit/size.ts';
import type { ImagePruneOutput } from '../../output/image/prune.ts';
import type { ImageVerifyOutput } from '../../output/image/verify.ts';
import type { Palette } from '../screen.ts';

/** Whether the store is whole, for people. Pure. */
export function imageVerifyLines(found: ImageVerifyOutput, paint: Palette, width: number): readonly string[] {
  const { files, bytes, seals, damage } = found;
  const read = `${plural(files, 'file')} and ${spellSize(bytes)} were read`;
  if (damage.length === 0)
    return [`${paint.green('✓')} all is whole: ${read}, ${plural(seals, 'seal holds', 'seals hold')}`];
  return [
    `${paint.red('✗')} ${plural(damage.length, 'file is', 'files are')} not as it should be: ${read}`,
    ...damage.flatMap(({ file, why, images, fix }) => [
      '',
      ...wrapped('  ', `${paint.bold(file)}${images.length > 0 ? paint.dim(` of ${images.join(', ')}`) : ''}`, width),
      ...wrapped(`${paint.dim('  why')}  `, why, width),
      ...wrapped(`${paint.dim('  fix')}  `, fix, width),
    ]),
  ];
}

/** What pruning freed, for people. Pure. `more` is what --all would free besides, in bytes. */
export function imagePruneLines(pruned: ImagePruneOutput, more: number): readonly string[] {
  const { freed, left, removed, limit, dryRun } = pruned;
  const parts = [
    removed.layers > 0 && plural(removed.layers, 'layer'),
    removed.downloads > 0 && plural(removed.downloads, 'download'),
    removed.indexes > 0 && plural(removed.indexes, 'index', 'indexes'),
    removed.seals > 0 && plural(removed.seals, 'seal'),
  ].filter(Boolean);
  const rest = more > 0 ? `; --all would free ${spellSize(more)}` : '';
  if (parts.length === 0) return [`Nothing to free: ${spellSize(left)} in the store, ${reason(left, limit)}${rest}.`];
  const word = dryRun ? 'Would free' : 'Freed';
  return [
    `${word} ${spellSize(freed)}: ${parts.join(', ')}. ${spellSize(left)} ${dryRun ? 'would stay' : 'are left'}${rest}.`,
  ];
}

const reason = (left: number, limit: number): string =>
  left <= limit ? `and ${spellSize(limit)} may be` : 'all of it needed by releases and declarations, or just used';
