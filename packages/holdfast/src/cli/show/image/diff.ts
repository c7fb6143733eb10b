import { columns, plural } from '../../../kit/layout.ts';
import { spellSize } from '../../../kit/size.ts';
import type { ImageDiffOutput } from '../../output/image/diff.ts';
import type { Palette } from '../screen.ts';
import { shortDigest } from './list.ts';

/** How many files of a group are named to people; JSON has more. */
const enough = 8;

/** What changed between two images, for people. Pure. */
export function imageDiffLines(diff: ImageDiffOutput, paint: Palette): readonly string[] {
  const { from, to, same } = diff;
  const head = `${paint.bold(from.asked)} ${paint.dim(shortDigest(from.digest))} → ${paint.bold(to.asked)} ${paint.dim(shortDigest(to.digest))}`;
  if (same) return [head, '', from.digest === to.digest ? 'The same image.' : 'The same packages, files and settings.'];
  return [
    head,
    ...titled('Packages', columns(diff.packages.map(change => packageRow(change, paint))), paint),
    ...titled('Settings', columns(diff.settings.map(change => settingRow(change, paint))), paint),
    ...titled('Runs as its owner', setIdLines(diff, paint), paint),
    ...titled(
      'Files',
      diff.files.flatMap(group => groupLines(group, paint)),
      paint,
    ),
    '',
    `${spellSize(diff.size.from)} → ${spellSize(diff.size.to)} of files`,
  ];
}

const titled = (title: string, lines: readonly string[], paint: Palette): readonly string[] =>
  lines.length === 0 ? [] : ['', paint.bold(title), ...lines.map(line => `  ${line}`)];

type Change = ImageDiffOutput['packages'][number];

function packageRow({ kind, name, from, to }: Change, paint: Palette): readonly string[] {
  const full = kind === 'debian' ? name : `${name} ${paint.dim(`(${kind})`)}`;
  if (from.length === 0) return [paint.green('+'), full, to.join(', ')];
  if (to.length === 0) return [paint.red('-'), full, from.join(', ')];
  return [paint.yellow('~'), full, `${from.join(', ')} → ${to.join(', ')}`];
}

function settingRow({ setting, from, to }: ImageDiffOutput['settings'][number], paint: Palette): readonly string[] {
  if (from === undefined) return [paint.green('+'), setting, to ?? ''];
  if (to === undefined) return [paint.red('-'), setting, from];
  return [paint.yellow('~'), setting, `${from} → ${to}`];
}

const setIdLines = ({ setId }: ImageDiffOutput, paint: Palette): readonly string[] => [
  ...setId.added.map(path => `${paint.red('+')} ${path}`),
  ...setId.removed.map(path => `${paint.green('-')} ${path}`),
];

type Group = ImageDiffOutput['files'][number];

function groupLines({ owner, count, files }: Group, paint: Palette): readonly string[] {
  const { added, removed, content, attributes } = count;
  const words = [
    added > 0 && `${added} added`,
    removed > 0 && `${removed} removed`,
    content > 0 && `${content} with other content`,
    attributes > 0 && `${attributes} with other attributes`,
  ].filter(Boolean);
  const more = added + removed + content + attributes - Math.min(enough, files.length);
  return [
    `${owner}: ${words.join(', ')}`,
    ...files.slice(0, enough).map(file => `  ${fileLine(file, paint)}`),
    ...(more > 0 ? [paint.dim(`  and ${plural(more, 'more', 'more')}`)] : []),
  ];
}

function fileLine({ path, change, from, to }: Group['files'][number], paint: Palette): string {
  if (change === 'added') return `${paint.green('+')} ${path}`;
  if (change === 'removed') return `${paint.red('-')} ${path}`;
  if (change === 'content') return `${paint.yellow('~')} ${path}`;
  return `${paint.yellow('~')} ${path}: ${from.join(', ')} → ${to.join(', ')}`;
}
